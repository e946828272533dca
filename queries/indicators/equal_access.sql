-- Equal access: disabled pupils taught at home, migrant children's places, student aid.
with
open_schools as (
    select
        school_id,
        school_year,
        county_id,
        school_year || '-09' as period
    from schools
    where school_status = 'open'
),

school_pupils as (
    select
        open_schools.county_id,
        open_schools.school_id,
        open_schools.period,
        enrolment.stage,
        enrolment.home_taught,
        enrolment.disabled,
        enrolment.migrants,
        enrolment.migrants_in_public,
        enrolment.migrants_purchased,
        enrolment.aided,
        enrolment.aid_eligible
    from open_schools
    inner join enrolment
        on
            open_schools.school_id = enrolment.school_id
            and open_schools.school_year = enrolment.school_year
),

-- Special schools belong to the compulsory stage.
home_teaching as (
    select
        'home_teaching_share' as indicator_id,
        county_id,
        school_id as unit_id,
        period,
        sum(home_taught) as numerator,
        sum(disabled) as denominator
    from school_pupils
    where
        stage in ('primary', 'junior', 'special')
        and home_taught is not null
        and disabled is not null
    group by county_id, school_id, period
    having sum(disabled) > 0
),

-- Places bought from private schools count as public ones only where the catalogue says so.
migrant_places as (
    select
        county_id,
        school_id,
        period,
        migrants,
        if(
            (
                select thresholds.value
                from thresholds
                where thresholds.name = 'count_purchased_places'
            ) = 1,
            migrants_in_public + migrants_purchased,
            migrants_in_public
        ) as migrants_in_counted_places
    from school_pupils
    where stage in ('primary', 'junior')
),

migrants_in_public_schools as (
    select
        'migrant_public_rate' as indicator_id,
        county_id,
        school_id as unit_id,
        period,
        sum(migrants_in_counted_places) as numerator,
        sum(migrants) as denominator
    from migrant_places
    where
        migrants_in_counted_places is not null
        and migrants is not null
    group by county_id, school_id, period
    having sum(migrants) > 0
),

-- All stages: aid begins in kindergarten.
student_aid as (
    select
        'student_aid_coverage' as indicator_id,
        county_id,
        school_id as unit_id,
        period,
        sum(aided) as numerator,
        sum(aid_eligible) as denominator
    from school_pupils
    where
        aided is not null
        and aid_eligible is not null
    group by county_id, school_id, period
    having sum(aid_eligible) > 0
),

all_rows as (
    select * from home_teaching
    union all
    select * from migrants_in_public_schools
    union all
    select * from student_aid
),

final as (
    select
        indicator_id,
        county_id,
        unit_id,
        period,
        cast(numerator as double) as numerator,
        cast(denominator as double) as denominator
    from all_rows
)

select * from final
