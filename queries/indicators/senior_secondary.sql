-- Senior-secondary education: a quality senior high in every county, general against vocational,
-- and the intakes that the plan asks to widen.
with
-- One row per county: has it at least one open quality senior high?
quality_counties as (
    select
        'quality_high_school_counties' as indicator_id,
        schools.county_id,
        schools.county_id as unit_id,
        schools.school_year || '-09' as period,
        max(
            cast(
                coalesce(schools.is_quality_senior_high, false)
                and schools.school_status = 'open' as integer
            )
        ) as numerator,
        null as denominator
    from schools
    inner join counties on schools.county_id = counties.county_id
    where counties.unit_kind = 'county'
    group by schools.county_id, schools.school_year
),

general_share as (
    select
        'general_vocational_ratio' as indicator_id,
        county_id,
        county_id as unit_id,
        year || '-09' as period,
        general as numerator,
        general + vocational as denominator
    from senior_intake
    where general + vocational > 0
),

-- One row per county, year and intake that was reported; unpivoting leaves out what was not.
widened_intakes as (
    unpivot senior_intake
    on technician, five_year, to_bachelor
    into name course value new_pupils
),

intakes as (
    select
        case course
            when 'technician' then 'technician_intake'
            when 'five_year' then 'five_year_intake'
            when 'to_bachelor' then 'bachelor_track_intake'
        end as indicator_id,
        county_id,
        county_id as unit_id,
        year || '-09' as period,
        new_pupils as numerator,
        null as denominator
    from widened_intakes
),

all_rows as (
    select * from quality_counties
    union all
    select * from general_share
    union all
    select * from intakes
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
