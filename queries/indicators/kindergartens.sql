-- Kindergarten places: whom inclusive, quality and public kindergartens and their groups reach.
with
-- Any school may have children of the kindergarten stage: those of attached classes (附设幼儿班) count
-- by their host school. Recognition as inclusive is a kindergarten's: a private host without it is
-- not inclusive, while a private kindergarten without it has not been reported.
hosts as (
    select
        school_id,
        school_year,
        county_id,
        area_type,
        group_lead_id,
        is_public,
        school_type = 'kindergarten' as is_kindergarten,
        is_public
        or if(school_type = 'kindergarten', is_inclusive, coalesce(is_inclusive, false))
            as is_inclusive,
        coalesce(kindergarten_grade <= 2, false) as is_quality,
        coalesce(kindergarten_grade = 1, false) as is_grade_1,
        in_preschool_community,
        school_year || '-09' as period
    from schools
    where school_status = 'open'
),

kindergartens as (
    select * from hosts
    where is_kindergarten
),

children as (
    select
        hosts.*,
        enrolment.pupils as children
    from hosts
    inner join enrolment
        on
            hosts.school_id = enrolment.school_id
            and hosts.school_year = enrolment.school_year
            and enrolment.stage = 'kindergarten'
    where enrolment.pupils > 0
),

-- A private kindergarten whose recognition is not reported is in neither number.
inclusive_coverage as (
    select
        'inclusive_kindergarten_coverage' as indicator_id,
        county_id,
        school_id as unit_id,
        period,
        if(is_inclusive, children, 0) as numerator,
        children as denominator
    from children
    where is_inclusive is not null
),

-- Grade 1 is named by the province, grade 2 by the city; no grade counts as not yet graded.
quality_coverage as (
    select
        'quality_kindergarten_coverage' as indicator_id,
        county_id,
        school_id as unit_id,
        period,
        if(is_quality, children, 0) as numerator,
        children as denominator
    from children
),

public_coverage as (
    select
        'public_kindergarten_coverage' as indicator_id,
        county_id,
        school_id as unit_id,
        period,
        if(is_public, children, 0) as numerator,
        children as denominator
    from children
    where is_public is not null
),

-- One row per county: does its quality coverage reach the line of basic coverage?
quality_counties as (
    select
        'quality_kindergarten_counties' as indicator_id,
        children.county_id,
        children.county_id as unit_id,
        children.period,
        cast(
            sum(if(children.is_quality, children.children, 0)) * 100.0 / sum(children.children)
            >= (
                select thresholds.value
                from thresholds
                where thresholds.name = 'basic_coverage_pct'
            ) as integer
        ) as numerator,
        null as denominator
    from children
    inner join counties on children.county_id = counties.county_id
    where counties.unit_kind = 'county'
    group by children.county_id, children.period
),

-- A rural child is reached by a grade 1-2 kindergarten or by one in the group such a one leads.
rural_children as (
    select
        children.county_id,
        children.period,
        children.children,
        children.is_quality or coalesce(leads.is_quality, false) as is_reached
    from children
    inner join counties on children.county_id = counties.county_id
    left join kindergartens as leads
        on
            children.group_lead_id = leads.school_id
            and children.school_year = leads.school_year
    where
        counties.unit_kind = 'county'
        and children.area_type = 'rural'
),

-- One row per county that has rural kindergartens.
rural_quality_counties as (
    select
        'rural_quality_kindergarten_counties' as indicator_id,
        county_id,
        county_id as unit_id,
        period,
        cast(
            sum(if(is_reached, children, 0)) * 100.0 / sum(children)
            >= (
                select thresholds.value
                from thresholds
                where thresholds.name = 'rural_full_coverage_pct'
            ) as integer
        ) as numerator,
        null as denominator
    from rural_children
    group by county_id, period
),

-- Counts kindergartens, not children; the leading kindergarten belongs to its group.
group_coverage as (
    select
        'group_kindergarten_coverage' as indicator_id,
        kindergartens.county_id,
        kindergartens.school_id as unit_id,
        kindergartens.period,
        cast(coalesce(leads.is_grade_1, false) as integer) as numerator,
        1 as denominator
    from kindergartens
    left join kindergartens as leads
        on
            kindergartens.group_lead_id = leads.school_id
            and kindergartens.school_year = leads.school_year
),

-- Counts kindergartens; one that does not say whether it is in a community is in neither number.
preschool_communities as (
    select
        'preschool_community_coverage' as indicator_id,
        county_id,
        school_id as unit_id,
        period,
        cast(in_preschool_community as integer) as numerator,
        1 as denominator
    from kindergartens
    where in_preschool_community is not null
),

all_rows as (
    select * from inclusive_coverage
    union all
    select * from quality_coverage
    union all
    select * from public_coverage
    union all
    select * from quality_counties
    union all
    select * from rural_quality_counties
    union all
    select * from group_coverage
    union all
    select * from preschool_communities
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
