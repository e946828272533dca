-- Mental health: psychology teachers, mental-health centres, certificates B and C.
with
primary_and_secondary_schools as (
    select
        school_id,
        school_year,
        county_id,
        has_psychology_centre,
        school_year || '-09' as period
    from schools
    where
        school_type in ('primary', 'junior', 'nine_year', 'senior')
        and school_status = 'open'
),

school_teachers as (
    select
        schools.county_id,
        schools.school_id,
        schools.period,
        teachers.full_time,
        teachers.psychology_full_time,
        teachers.cert_a,
        teachers.cert_b,
        teachers.cert_c
    from primary_and_secondary_schools as schools
    inner join teachers
        on
            schools.school_id = teachers.school_id
            and schools.school_year = teachers.school_year
),

psychology_teachers as (
    select
        'psychology_teacher_coverage' as indicator_id,
        county_id,
        school_id as unit_id,
        period,
        cast(psychology_full_time > 0 as integer) as numerator,
        1 as denominator
    from school_teachers
    where psychology_full_time is not null
),

psychology_centres as (
    select
        'psychology_center_coverage' as indicator_id,
        county_id,
        school_id as unit_id,
        period,
        cast(has_psychology_centre as integer) as numerator,
        1 as denominator
    from primary_and_secondary_schools
    where has_psychology_centre is not null
),

-- The export holds a teacher's highest certificate, so holders of A and B are added to those of C,
-- unless the catalogue says that only C itself counts.
certificate_c as (
    select
        'psychology_cert_c_rate' as indicator_id,
        county_id,
        school_id as unit_id,
        period,
        if(
            (
                select thresholds.value
                from thresholds
                where thresholds.name = 'count_higher_certificates_as_c'
            ) = 1,
            cert_a + cert_b + cert_c,
            cert_c
        ) as numerator,
        full_time as denominator
    from school_teachers
),

certificate_b as (
    select
        'psychology_cert_b_rate' as indicator_id,
        county_id,
        school_id as unit_id,
        period,
        cert_a + cert_b as numerator,
        full_time as denominator
    from school_teachers
),

certificates as (
    select * from certificate_c
    union all
    select * from certificate_b
),

reported_certificates as (
    select * from certificates
    where
        numerator is not null
        and denominator > 0
),

all_rows as (
    select * from psychology_teachers
    union all
    select * from psychology_centres
    union all
    select * from reported_certificates
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
