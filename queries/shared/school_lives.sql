-- Where every school has been open: one row for each stay in a county as one type, from the month
-- the register knows of it to the month it closes, or to the register in which another county has
-- it. What a later register says changes nothing before its September.
with
register as (
    select
        school_id,
        school_year,
        county_id,
        school_type,
        county_id || ' ' || school_type as place,
        school_status = 'open' as is_open,
        strftime(opened_date, '%Y-%m') as opened_month,
        strftime(closed_date, '%Y-%m') as closed_month,
        school_year || '-09' as listed_month,
        min(school_year) over () as first_register
    from schools
),

ordered as (
    select
        *,
        lag(place) over school = place as stays,
        lag(is_open) over school as was_open,
        lead(place) over school <> place as leaves,
        lead(is_open) over school as is_next_open,
        lead(listed_month) over school as next_listed_month,
        lead(closed_month) over school as next_closed_month
    from register
    window school as (partition by school_id order by school_year)
),

-- In the first register stand all that there were; what comes later begins when it is listed.
beginnings as (
    select
        *,
        case
            when was_open then listed_month
            when school_year = first_register then coalesce(opened_month, school_year || '-01')
            else greatest(listed_month, coalesce(opened_month, listed_month))
        end as first_month
    from ordered
    where is_open and not coalesce(was_open and stays, false)
),

endings as (
    select
        school_id,
        school_year,
        if(
            is_next_open,
            next_listed_month,
            greatest(next_listed_month, coalesce(next_closed_month, next_listed_month))
        ) as end_month
    from ordered
    where is_open and (not is_next_open or leaves)
),

final as (
    select
        beginnings.school_id,
        beginnings.county_id,
        beginnings.school_type,
        beginnings.first_month,
        min(endings.end_month) as end_month
    from beginnings
    left join endings
        on
            beginnings.school_id = endings.school_id
            and beginnings.school_year <= endings.school_year
    group by
        beginnings.school_id,
        beginnings.county_id,
        beginnings.school_type,
        beginnings.first_month
)

select * from final
