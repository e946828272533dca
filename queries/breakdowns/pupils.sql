-- Pupils by stage, and those who entered and left each stage that year. Every school that reports
-- counts, as long as it is listed.
with
stages as (
    select
        schools.county_id,
        enrolment.stage,
        enrolment.school_year || '-09' as period,
        sum(enrolment.pupils) as pupils,
        sum(enrolment.intake) as intake,
        sum(enrolment.graduates) as graduates
    from enrolment
    inner join schools
        on
            enrolment.school_id = schools.school_id
            and enrolment.school_year = schools.school_year
    group by schools.county_id, enrolment.stage, enrolment.school_year
),

-- Unpivoting leaves out what is not reported. Special schools have no grades to enter or leave.
counted as (
    unpivot stages
    on pupils, intake, graduates
    into
    name counted_as
    value people
),

final as (
    select
        'pupils' as breakdown,
        stage || ' ' || counted_as as level,
        county_id,
        period,
        cast(people as double) as people,
        null as among
    from counted
    where counted_as = 'pupils' or stage <> 'special'
)

select * from final
