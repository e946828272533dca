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
        cast(sum(enrolment.pupils) as double) as pupils,
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
    group by oversized.school_id, schools.school_name
    order by pupils desc, oversized.school_id
)

select * from final
