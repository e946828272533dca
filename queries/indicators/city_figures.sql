-- Figures that exist for the whole city only: entered as they are, never split by county.
with
-- One row per year and figure, with the month of its cut-off date.
figures as (
    select
        figure,
        year,
        value,
        strftime(cut_off_date, '%Y-%m') as period
    from city_figures
    where
        value is not null
        and cut_off_date is not null
),

double_high as (
    select
        'vocational_double_high_passed' as indicator_id,
        due.period,
        passed.value as numerator,
        due.value as denominator
    from figures as passed
    inner join figures as due on passed.year = due.year
    where
        passed.figure = 'double_high_passed'
        and due.figure = 'double_high_due'
        and due.value > 0
),

-- The figure is a percentage already.
gross_enrolment as (
    select
        'tertiary_gross_enrolment' as indicator_id,
        period,
        value as numerator,
        null as denominator
    from figures
    where figure = 'gross_enrolment_pct'
),

retention as (
    select
        'graduate_retention' as indicator_id,
        graduates.period,
        staying.value as numerator,
        graduates.value as denominator
    from figures as staying
    inner join figures as graduates on staying.year = graduates.year
    where
        staying.figure = 'retention_staying'
        and graduates.figure = 'retention_graduates'
        and graduates.value > 0
),

olympiad as (
    select
        'olympiad_awards' as indicator_id,
        period,
        value as numerator,
        null as denominator
    from figures
    where figure = 'olympiad_awards'
),

-- Whoever the deaths are counted among: special schools belong to primary and secondary schooling.
city_pupils as (
    select
        schools.school_year,
        sum(enrolment.pupils) as pupils
    from schools
    inner join enrolment
        on
            schools.school_id = enrolment.school_id
            and schools.school_year = enrolment.school_year
    where
        schools.school_status = 'open'
        and enrolment.stage in ('primary', 'junior', 'senior', 'vocational', 'special')
    group by schools.school_year
),

-- Deaths of a calendar year among the pupils of its autumn.
unnatural_deaths as (
    select
        'unnatural_death_rate' as indicator_id,
        figures.period,
        figures.value as numerator,
        city_pupils.pupils as denominator
    from figures
    inner join city_pupils on figures.year = city_pupils.school_year
    where
        figures.figure = 'student_deaths'
        and city_pupils.pupils > 0
),

all_figures as (
    select * from double_high
    union all
    select * from gross_enrolment
    union all
    select * from retention
    union all
    select * from olympiad
    union all
    select * from unnatural_deaths
),

final as (
    select
        indicator_id,
        'all' as county_id,
        'all' as unit_id,
        period,
        cast(numerator as double) as numerator,
        cast(denominator as double) as denominator
    from all_figures
)

select * from final
