-- The school network: size of schools, mergers, education communities, labour classrooms.
with
open_schools as (
    select
        *,
        school_year || '-09' as period
    from schools
    where school_status = 'open'
),

-- Kindergarten classes attached to a school are not part of its size.
school_sizes as (
    select
        open_schools.school_id,
        open_schools.county_id,
        open_schools.period,
        open_schools.school_type,
        sum(enrolment.pupils) as pupils
    from open_schools
    inner join enrolment
        on
            open_schools.school_id = enrolment.school_id
            and open_schools.school_year = enrolment.school_year
    where
        open_schools.school_type in ('primary', 'junior', 'nine_year', 'senior')
        and enrolment.stage <> 'kindergarten'
        and enrolment.pupils is not null
    group by
        open_schools.school_id,
        open_schools.county_id,
        open_schools.period,
        open_schools.school_type
),

-- 1 for an oversized school and 0 for another, so that a county without any shows 0.
large_schools as (
    select
        'large_schools' as indicator_id,
        school_sizes.county_id,
        school_sizes.school_id as unit_id,
        school_sizes.period,
        cast(school_sizes.pupils > thresholds.value as integer) as numerator,
        null as denominator
    from school_sizes
    inner join thresholds
        on thresholds.name = if(
            school_sizes.school_type = 'nine_year',
            'large_nine_year_school_pupils',
            'large_school_pupils'
        )
),

-- A closed school is counted once: in the month of its closing, or in the September of the register
-- that first says so, for until then nobody knew. Kindergartens close under clause 8.
mergers as (
    select
        'small_schools_merged' as indicator_id,
        arg_min(county_id, school_year) as county_id,
        school_id as unit_id,
        greatest(strftime(closed_date, '%Y-%m'), min(school_year) || '-09') as period,
        1 as numerator,
        null as denominator
    from schools
    where
        school_type in ('primary', 'junior', 'nine_year', 'senior')
        and school_status in ('closed', 'merged')
        and closed_date is not null
    group by school_id, closed_date
),

-- Every school of the compulsory stage should share.
education_communities as (
    select
        'education_community_share' as indicator_id,
        county_id,
        school_id as unit_id,
        period,
        cast(education_community is not null as integer) as numerator,
        1 as denominator
    from open_schools
    where school_type in ('primary', 'junior', 'nine_year')
),

labour_classrooms as (
    select
        'labour_classroom_coverage' as indicator_id,
        county_id,
        school_id as unit_id,
        period,
        cast(has_labour_classroom as integer) as numerator,
        1 as denominator
    from open_schools
    where
        school_type in ('primary', 'junior', 'nine_year', 'senior')
        and has_labour_classroom is not null
),

all_rows as (
    select * from large_schools
    union all
    select * from mergers
    union all
    select * from education_communities
    union all
    select * from labour_classrooms
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
