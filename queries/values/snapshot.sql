-- Where every indicator stands at the end of a month, for every county, before any rule is applied.
-- level: the latest stock-taking; flow: the year so far; stock: everything so far.
-- Beside it the same a year before (previous) and at the end of the year before (baseline).
-- The county 'withheld' is what all withheld counties have together at each of the three.
with
latest as (
    select
        indicator_id,
        max(period) as period
    from indicator_months
    where period <= $as_of
    group by indicator_id
),

baseline as (
    select
        indicator_id,
        max(period) as period
    from indicator_months
    where period <= $year_before_end
    group by indicator_id
),

windows as (
    select
        d.indicator_id,
        if(d.measure = 'level', latest.period, $as_of) as period,
        case d.measure
            when 'level' then latest.period
            when 'flow' then $year_start
            else '0000-00'
        end as first_period,
        if(
            d.measure = 'level',
            strftime(strptime(latest.period, '%Y-%m') - interval 12 month, '%Y-%m'),
            $as_of_year_before
        ) as previous_period,
        case d.measure
            when 'level'
                then strftime(strptime(latest.period, '%Y-%m') - interval 12 month, '%Y-%m')
            when 'flow' then $year_start_year_before
            else '0000-00'
        end as first_previous_period,
        case d.measure
            when 'level' then baseline.period
            when 'stock' then $year_before_end
        end as baseline_period,
        if(d.measure = 'level', baseline.period, '0000-00') as first_baseline_period,
        latest.period as latest_period
    from indicator_definitions as d
    left join latest on d.indicator_id = latest.indicator_id
    left join baseline on d.indicator_id = baseline.indicator_id
    -- without a stock-taking there is no level; what is counted may well stand at nothing yet
    where d.measure <> 'level' or latest.period is not null
),

sums as (
    select
        w.indicator_id,
        m.county_id,
        w.period,
        w.latest_period,
        w.baseline_period,
        sum(m.numerator) filter (where m.period between w.first_period and w.period) as numerator,
        sum(m.denominator) filter (where m.period between w.first_period and w.period)
            as denominator,
        sum(m.numerator) filter (
            where m.period between w.first_previous_period and w.previous_period
        ) as previous_numerator,
        sum(m.denominator) filter (
            where m.period between w.first_previous_period and w.previous_period
        ) as previous_denominator,
        sum(m.numerator) filter (
            where m.period between w.first_baseline_period and w.baseline_period
        ) as baseline_numerator,
        sum(m.denominator) filter (
            where m.period between w.first_baseline_period and w.baseline_period
        ) as baseline_denominator,
        coalesce(
            bool_or(m.is_withheld) filter (where m.period between w.first_period and w.period),
            false
        ) as is_withheld,
        coalesce(
            bool_or(m.is_withheld) filter (
                where m.period between w.first_previous_period and w.previous_period
            ),
            false
        ) as is_previous_withheld,
        coalesce(
            bool_or(m.is_withheld) filter (
                where m.period between w.first_baseline_period and w.baseline_period
            ),
            false
        ) as is_baseline_withheld
    from windows as w
    inner join indicator_months as m on w.indicator_id = m.indicator_id
    group by w.indicator_id, m.county_id, w.period, w.latest_period, w.baseline_period
),

final as (
    select * from sums
    order by indicator_id, county_id
)

select * from final
