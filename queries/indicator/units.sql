-- The things that an indicator counts within its window: which they are, whose, and since when.
-- level: the latest stock-taking ($period); flow: the year so far; stock: all so far.
-- What units' own plans call for by the year's end comes with them, reached or not.
-- Units that are withheld are not among them.
with
definition as (
    select
        measure,
        denominator
    from indicator_definitions
    where indicator_id = $indicator_id
),

counted as (
    select
        r.unit_id,
        r.county_id,
        sum(r.numerator) filter (where r.period <= $as_of) as numerator,
        sum(r.denominator) filter (where d.denominator = 'plan') as planned,
        min(r.period) filter (where r.numerator > 0 and r.period <= $as_of) as month,
        min(r.period) filter (where r.denominator > 0 and d.denominator = 'plan') as planned_month
    from indicator_rows as r
    cross join definition as d
    where
        r.indicator_id = $indicator_id
        and (list_contains($counties, r.county_id) or r.county_id = 'all')
        and r.unit_id not in (r.county_id, 'withheld')
        and case d.measure
            when 'level' then r.period = $period
            when 'flow' then r.period between $year_start and $year_end
            else r.period <= $year_end
        end
    group by r.unit_id, r.county_id
),

-- Whatever a row's unit may be; ids of different exports do not meet.
names as (
    select
        school_id as unit_id,
        'school' as unit_kind,
        max_by(school_name, school_year) as name_zh,
        null as name_en
    from schools
    group by school_id
    union all
    select
        project_id as unit_id,
        'project' as unit_kind,
        max_by(project_name, plan_year) as name_zh,
        null as name_en
    from projects
    group by project_id
    union all
    select
        award_id as unit_id,
        'award' as unit_kind,
        school_name as name_zh,
        null as name_en
    from health_schools
    union all
    select
        event_id as unit_id,
        'award' as unit_kind,
        name as name_zh,
        null as name_en
    from accreditations
    union all
    select
        event_id as unit_id,
        'session' as unit_kind,
        name as name_zh,
        null as name_en
    from activities
    union all
    select
        station_id as unit_id,
        'station' as unit_kind,
        station_name as name_zh,
        null as name_en
    from vision_stations
    union all
    select
        milestone_id as unit_id,
        'step' as unit_kind,
        name_zh,
        name_en
    from plan_milestones
    where plan_year = cast($as_of[:4] as integer)
),

final as (
    select
        counted.unit_id,
        coalesce(names.name_zh, counted.unit_id) as name_zh,
        coalesce(names.name_en, names.name_zh, counted.unit_id) as name_en,
        names.unit_kind,
        counted.county_id,
        counted.month,
        counted.planned_month,
        counted.planned,
        coalesce(counted.numerator, 0) as numerator
    from counted
    left join names on counted.unit_id = names.unit_id
    where counted.numerator > 0 or counted.planned > 0
    order by counted.planned_month, counted.month desc, counted.county_id, counted.unit_id
)

select * from final
