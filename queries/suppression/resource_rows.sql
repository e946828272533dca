-- What every assessed school has of the seven resources, as it may be read. A number of teachers is
-- withheld where it is small, and whatever it is where fewer than the threshold would do for the
-- school to reach the line, or nearly enough of it: that the line is missed, or not, would tell.
-- So what is known of a withheld number from its line is a bound that leaves nobody possible, or
-- any number from the bound on.
with
threshold as (
    select value as fewest
    from thresholds
    where name = 'suppressed_below_people'
),

nearly as (
    select value / 100 as enough
    from thresholds
    where name = 'balanced_remaining_attainment_pct'
),

counted as (
    select
        *,
        resource like '%teachers_per_100_pupils' as counts_people,
        round(amount * (primary_pupils + junior_pupils) / 100) as people,
        line * (primary_pupils + junior_pupils) / 100 as people_asked
    from school_resources
),

judged as (
    select
        counted.*,
        counted.counts_people
        and (
            (counted.people > 0 and counted.people < threshold.fewest)
            or ceil(round(counted.people_asked * nearly.enough, 9)) < threshold.fewest
        ) as is_withheld
    from counted
    cross join threshold
    cross join nearly
),

final as (
    select
        school_id,
        school_year,
        county_id,
        resource,
        line,
        is_withheld,
        attainment < 1 as is_missed,
        if(is_withheld, null, amount) as amount,
        if(is_withheld, null, attainment) as attainment
    from judged
)

select * from final
