-- Rows about schools that the register does not have open in the school year of the rows: they
-- count nowhere. One row per export, school and period, with the county that had the school last
-- (or else first). Rows about nobody are none: closed schools report zeroes.
with
-- A spring round falls into the school year that began the autumn before.
school_rows as (
    select
        'vision' as resource,
        school_id,
        year - if(season = 'spring', 1, 0) as school_year,
        year || if(season = 'spring', '-05', '-09') as period,
        coalesce(examined, enrolled) as people
    from vision
    union all
    select
        'fitness' as resource,
        school_id,
        year as school_year,
        year || '-11' as period,
        tested as people
    from fitness
    union all
    select
        'enrolment' as resource,
        school_id,
        school_year,
        school_year || '-09' as period,
        pupils as people
    from enrolment
    union all
    select
        'teachers' as resource,
        school_id,
        school_year,
        school_year || '-09' as period,
        full_time as people
    from teachers
),

strays as (
    select
        r.resource,
        r.school_id,
        r.school_year,
        r.period,
        count(*) as row_count,
        sum(r.people) as people
    from school_rows as r
    left join schools as s
        on
            r.school_id = s.school_id
            and r.school_year = s.school_year
            and s.school_status = 'open'
    where s.school_id is null and coalesce(r.people, 0) > 0
    group by r.resource, r.school_id, r.school_year, r.period
),

final as (
    select
        strays.resource,
        strays.school_id,
        strays.period,
        strays.row_count,
        strays.people,
        coalesce(
            max_by(s.county_id, s.school_year) filter (
                where s.school_year <= strays.school_year
            ),
            min_by(s.county_id, s.school_year)
        ) as county_id,
        coalesce(
            max_by(s.school_name, s.school_year) filter (
                where s.school_year <= strays.school_year
            ),
            min_by(s.school_name, s.school_year)
        ) as school_name
    from strays
    inner join schools as s on strays.school_id = s.school_id
    group by
        strays.resource,
        strays.school_id,
        strays.school_year,
        strays.period,
        strays.row_count,
        strays.people
)

select * from final
