-- A school's figures of six years beside those of its county's and the city's schools of the same
-- type, each as a ratio of sums; a number of pupils or classes is the mean of a school there.
-- A year is the autumn of its statistics; fitness and eyesight are measured in the same autumn.
-- Where the school is withheld in an indicator (indicator_id), so is its figure, and the county's
-- or city's figure where any of its schools is. Other numbers of people are withheld here under
-- the threshold, and a sum where its small numbers add up to less than that.
with
suppression as (
    select value as fewest
    from thresholds
    where name = 'suppressed_below_people'
),

asked as (
    select
        max_by(school_type, school_year) as school_type,
        max_by(county_id, school_year) as county_id
    from schools
    where
        school_id = $school_id
        and school_year || '-09' <= $as_of
),

peers as (
    select
        schools.school_id,
        schools.school_year as year,
        schools.county_id,
        schools.school_type
    from schools
    inner join asked on schools.school_type = asked.school_type
    where
        schools.school_status = 'open'
        and schools.school_year between cast($as_of[:4] as integer) - 5
        and cast($as_of[:4] as integer)
),

pupils as (
    select
        peers.school_id,
        peers.year,
        sum(enrolment.pupils) as pupils,
        sum(enrolment.classes) as classes
    from peers
    inner join enrolment
        on peers.school_id = enrolment.school_id and peers.year = enrolment.school_year
    -- attached kindergarten classes have teachers and a count of their own
    where (enrolment.stage = 'kindergarten') = (peers.school_type = 'kindergarten')
    group by peers.school_id, peers.year
),

fit as (
    select
        school_id,
        year,
        sum(excellent + good) as good_or_better,
        sum(tested) as tested
    from fitness
    where excellent + good is not null
    group by school_id, year
),

eyes as (
    select
        school_id,
        year,
        sum(myopic) as myopic,
        sum(examined) as examined
    from vision
    where
        season = 'autumn'
        and myopic is not null
    group by school_id, year
),

school_years as (
    select
        peers.school_id,
        peers.year,
        peers.county_id,
        pupils.pupils,
        pupils.classes,
        teachers.full_time,
        teachers.degree_graduate,
        fit.good_or_better,
        fit.tested,
        eyes.myopic,
        eyes.examined,
        conditions.above_degree_teachers,
        conditions.backbone_teachers,
        conditions.pe_arts_teachers,
        conditions.teaching_area_m2,
        conditions.sports_area_m2,
        conditions.equipment_yuan,
        conditions.networked_classrooms
    from peers
    left join pupils on peers.school_id = pupils.school_id and peers.year = pupils.year
    left join teachers
        on peers.school_id = teachers.school_id and peers.year = teachers.school_year
    left join school_conditions as conditions
        on peers.school_id = conditions.school_id and peers.year = conditions.school_year
    left join fit on peers.school_id = fit.school_id and peers.year = fit.year
    left join eyes on peers.school_id = eyes.school_id and peers.year = eyes.year
),

-- month: when a year's figure is known; counts_people: its numerator is a number of people.
definitions (figure, month, counts_people, scale, indicator_id) as (
    values
    ('pupils', '09', true, 1, null),
    ('classes', '09', false, 1, null),
    ('pupils_per_class', '09', true, 1, null),
    ('pupils_per_teacher', '09', true, 1, 'pupil_teacher_ratio'),
    ('degree_graduate', '09', true, 100, 'graduate_degree_rate'),
    ('fitness_good', '11', true, 100, 'fitness_good_rate'),
    ('myopia', '09', true, 100, 'myopia_decline'),
    ('above_degree_teachers', '09', true, 100, null),
    ('backbone_teachers', '09', true, 100, null),
    ('pe_arts_teachers', '09', true, 100, null),
    ('teaching_area_m2', '09', false, 1, null),
    ('sports_area_m2', '09', false, 1, null),
    ('equipment_yuan', '09', false, 1, null),
    ('networked_classrooms', '09', false, 100, null)
),

entries as (
    select
        school_id,
        year,
        county_id,
        unnest(
            [
                { 'figure': 'pupils', 'above': pupils::double, 'below': 1::double },
                { 'figure': 'classes', 'above': classes, 'below': 1 },
                { 'figure': 'pupils_per_class', 'above': pupils, 'below': classes },
                { 'figure': 'pupils_per_teacher', 'above': pupils, 'below': full_time },
                { 'figure': 'degree_graduate', 'above': degree_graduate, 'below': full_time },
                { 'figure': 'fitness_good', 'above': good_or_better, 'below': tested },
                { 'figure': 'myopia', 'above': myopic, 'below': examined },
                {
                    'figure': 'above_degree_teachers',
                    'above': above_degree_teachers,
                    'below': pupils
                },
                { 'figure': 'backbone_teachers', 'above': backbone_teachers, 'below': pupils },
                { 'figure': 'pe_arts_teachers', 'above': pe_arts_teachers, 'below': pupils },
                { 'figure': 'teaching_area_m2', 'above': teaching_area_m2, 'below': pupils },
                { 'figure': 'sports_area_m2', 'above': sports_area_m2, 'below': pupils },
                { 'figure': 'equipment_yuan', 'above': equipment_yuan, 'below': pupils },
                { 'figure': 'networked_classrooms', 'above': networked_classrooms, 'below': pupils }
            ]
        ) as entry
    from school_years
),

sums as (
    select
        school_id,
        year,
        county_id,
        struct_extract(entry, 'figure') as figure,
        struct_extract(entry, 'above') as above,
        struct_extract(entry, 'below') as below
    from entries
),

known as (
    select
        sums.school_id,
        sums.year,
        sums.county_id,
        sums.figure,
        sums.above,
        sums.below,
        d.scale,
        coalesce(r.is_withheld, false) as is_withheld,
        if(d.counts_people and r.unit_id is null and sums.above < t.fewest, sums.above, 0)
            as small_people
    from sums
    inner join definitions as d on sums.figure = d.figure
    cross join suppression as t
    left join indicator_rows as r
        on
            d.indicator_id = r.indicator_id
            and sums.county_id = r.county_id
            and sums.school_id = r.unit_id
            and sums.year || '-' || d.month = r.period
    where
        sums.above is not null
        and sums.below > 0
        and sums.year || '-' || d.month <= $as_of
),

scopes (scope) as (
    values ('school'), ('county'), ('city')
),

scoped as (
    select
        scopes.scope,
        known.figure,
        known.year,
        sum(known.above) * any_value(known.scale) / sum(known.below) as value,
        bool_or(known.is_withheld) as has_withheld,
        sum(known.small_people) as small_people
    from known
    cross join asked
    inner join scopes
        on
            scopes.scope = 'city'
            or (scopes.scope = 'county' and known.county_id = asked.county_id)
            or (scopes.scope = 'school' and known.school_id = $school_id)
    group by scopes.scope, known.figure, known.year
),

county_smalls as (
    select
        figure,
        year,
        county_id,
        sum(small_people) as small_people
    from known
    group by figure, year, county_id
),

-- What the city less the other counties would tell of those that are withheld.
hidden_counties as (
    select
        county_smalls.figure,
        county_smalls.year,
        sum(county_smalls.small_people) as hidden_people
    from county_smalls
    cross join suppression as t
    where county_smalls.small_people > 0 and county_smalls.small_people < t.fewest
    group by county_smalls.figure, county_smalls.year
),

judged as (
    select
        scoped.*,
        scoped.has_withheld
        or (scoped.small_people > 0 and scoped.small_people < t.fewest)
        or (scoped.scope = 'city' and coalesce(hidden.hidden_people < t.fewest, false))
            as is_withheld
    from scoped
    cross join suppression as t
    left join hidden_counties as hidden
        on scoped.figure = hidden.figure and scoped.year = hidden.year
),

final as (
    select
        figure,
        year,
        scope,
        is_withheld,
        if(is_withheld, null, value) as value
    from judged
    order by
        year,
        list_position(['school', 'county', 'city'], scope),
        figure
)

select * from final
