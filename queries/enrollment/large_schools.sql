-- The oversized schools of a county at the latest stock-taking, largest first.
with
oversized as (
    select
        unit_id as school_id,
        period
    from indicator_rows
    where
        indicator_id = 'large_schools'
        and county_id = $county_id
        and period = $period
        and numerator = 1
),

final as (
    select
        oversized.school_id,
        schools.school_name,
        people.people as pupils,
        cast(sum(enrolment.classes) as double) as classes
    from oversized
    inner join schools
        on
            oversized.school_id = schools.school_id
            and cast(oversized.period[:4] as integer) = schools.school_year
    inner join enrolment
        on
            schools.school_id = enrolment.school_id
            and schools.school_year = enrolment.school_year
            and enrolment.stage <> 'kindergarten'
    left join school_people as people
        on
            oversized.school_id = people.school_id
            and oversized.period = people.period
            and people.breakdown = 'pupils'
    group by oversized.school_id, schools.school_name, people.people
    order by pupils desc, oversized.school_id
)

select * from final
