-- A school's figures of six years beside those of its county's and the city's schools of the same
-- type, each as a ratio of sums; a number of pupils or classes is the mean of a school there.
-- A year is the autumn of its statistics; fitness and eyesight are measured in the same autumn.
-- Where people of the school are withheld, so is its figure; the county's and the city's are
-- of the schools that are not withheld (withheld_schools: how many are left out).
with
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
        peers.county_id,
        people.people as pupils,
        people.is_withheld
    from peers
    inner join school_people as people
        on
            peers.school_id = people.school_id
            and peers.county_id = people.county_id
            and peers.year || '-09' = people.period
            and people.breakdown = 'pupils'
),

-- attached kindergarten classes have teachers and a count of their own
classes as (
    select
        peers.school_id,
        peers.year,
        peers.county_id,
        sum(enrolment.classes) as classes
    from peers
    inner join enrolment
        on peers.school_id = enrolment.school_id and peers.year = enrolment.school_year
    where (enrolment.stage = 'kindergarten') = (peers.school_type = 'kindergarten')
    group by peers.school_id, peers.year, peers.county_id
),

sizes as (
    select
        classes.*,
        pupils.pupils,
        coalesce(pupils.is_withheld, false) as is_withheld
    from classes
    left join pupils
        on classes.school_id = pupils.school_id and classes.year = pupils.year
),

size_figures as (
    select
        school_id,
        year,
        county_id,
        unnest(['pupils', 'classes', 'pupils_per_class']) as figure,
        unnest([pupils, classes, pupils]) as above,
        unnest([1, 1, classes]) as below,
        unnest([is_withheld, false, is_withheld]) as is_withheld
    from sizes
),

staffing as (
    select
        pupils.school_id,
        pupils.year,
        pupils.county_id,
        'pupils_per_teacher' as figure,
        pupils.pupils as above,
        teachers.people as below,
        pupils.is_withheld or teachers.is_withheld as is_withheld
    from pupils
    inner join school_people as teachers
        on
            pupils.school_id = teachers.school_id
            and pupils.county_id = teachers.county_id
            and pupils.year || '-09' = teachers.period
            and teachers.breakdown = 'staffing'
            and teachers.figure = 'teachers'
),

rates as (
    select
        peers.school_id,
        peers.year,
        peers.county_id,
        case r.indicator_id
            when 'graduate_degree_rate' then 'degree_graduate'
            when 'fitness_good_rate' then 'fitness_good'
            else 'myopia'
        end as figure,
        r.numerator * 100 as above,
        r.denominator as below,
        r.is_withheld
    from peers
    inner join indicator_rows as r
        on
            peers.school_id = r.unit_id
            and peers.county_id = r.county_id
            and cast(r.period[:4] as integer) = peers.year
    where
        r.indicator_id in ('graduate_degree_rate', 'fitness_good_rate', 'myopia_decline')
        and r.period[6:] in ('09', '11')
        and r.period <= $as_of
),

resource_figures (resource, figure) as (
    values
    ('above_degree_teachers_per_100_pupils', 'above_degree_teachers'),
    ('backbone_teachers_per_100_pupils', 'backbone_teachers'),
    ('pe_arts_teachers_per_100_pupils', 'pe_arts_teachers')
),

teacher_resources as (
    select
        peers.school_id,
        peers.year,
        peers.county_id,
        resource_figures.figure,
        r.amount * pupils.pupils as above,
        pupils.pupils as below,
        r.is_withheld or coalesce(pupils.is_withheld, false) as is_withheld
    from peers
    inner join resource_rows as r
        on peers.school_id = r.school_id and peers.year = r.school_year
    inner join resource_figures on r.resource = resource_figures.resource
    inner join pupils
        on peers.school_id = pupils.school_id and peers.year = pupils.year
),

premises as (
    select
        pupils.school_id,
        pupils.year,
        pupils.county_id,
        unnest(
            ['teaching_area_m2', 'sports_area_m2', 'equipment_yuan', 'networked_classrooms']
        ) as figure,
        unnest(
            [
                conditions.teaching_area_m2,
                conditions.sports_area_m2,
                conditions.equipment_yuan,
                conditions.networked_classrooms * 100
            ]
        ) as above,
        pupils.pupils as below,
        pupils.is_withheld
    from pupils
    inner join school_conditions as conditions
        on pupils.school_id = conditions.school_id and pupils.year = conditions.school_year
),

all_figures as (
    select * from size_figures
    union all
    select * from staffing
    union all
    select * from rates
    union all
    select * from teacher_resources
    union all
    select * from premises
    where above is not null
),

known as (
    select *
    from all_figures
    where
        year || '-09' <= $as_of
        and (is_withheld or (above is not null and below > 0))
),

scopes (scope) as (
    values ('school'), ('county'), ('city')
),

scoped as (
    select
        known.figure,
        known.year,
        scopes.scope,
        count(*) filter (where known.is_withheld) as withheld_schools,
        bool_and(known.is_withheld) as is_withheld,
        sum(known.above) filter (where not known.is_withheld)
        / nullif(sum(known.below) filter (where not known.is_withheld), 0) as value
    from known
    cross join asked
    inner join scopes
        on
            scopes.scope = 'city'
            or (scopes.scope = 'county' and known.county_id = asked.county_id)
            or (scopes.scope = 'school' and known.school_id = $school_id)
    group by known.figure, known.year, scopes.scope
),

final as (
    select
        figure,
        year,
        scope,
        is_withheld,
        withheld_schools,
        value
    from scoped
    order by
        year,
        list_position(['school', 'county', 'city'], scope),
        figure
)

select * from final
