-- What has to be taken out of, or put into, the sums of a figure measured at schools so that they
-- compare with an earlier moment: schools that are not there at both, and schools that lay in
-- another county then. For every county, and for the chosen ones together (area 'all').
--
-- compared: same_schools leaves out whatever has no figure at one of the moments; whole leaves out
-- only what the register does not list at one of them, neither opened nor closed. A withheld school
-- cannot be taken out, for the difference would tell its number: what has opened or closed stays in
-- (inseparable), else nothing compares (is_unknown).
with
definitions as (
    select
        indicator_id,
        measure,
        compared
    from indicator_definitions
    where compared is not null and list_contains($indicator_ids, indicator_id)
),

latest as (
    select
        m.indicator_id,
        max(m.period) as now_period,
        max(m.period) filter (where m.period <= $compared_month) as then_period
    from indicator_months as m
    inner join definitions as d on m.indicator_id = d.indicator_id
    where m.period <= $as_of
    group by m.indicator_id
),

-- A stock-taking is compared with the same season's, or with the one that was the latest then.
windows as (
    select
        d.indicator_id,
        d.measure,
        d.compared,
        if(d.measure = 'level', latest.now_period, $as_of) as now_period,
        case
            when d.measure <> 'level' then $compared_month
            when $is_same_season
                then strftime(strptime(latest.now_period, '%Y-%m') - interval 12 month, '%Y-%m')
            else latest.then_period
        end as then_period
    from definitions as d
    inner join latest on d.indicator_id = latest.indicator_id
),

-- A spring belongs to the school year that began the autumn before.
pairs as (
    select
        *,
        cast(now_period[:4] as integer) - if(now_period[6:] < '09', 1, 0) as now_year,
        cast(then_period[:4] as integer) - if(then_period[6:] < '09', 1, 0) as then_year
    from windows
    where then_period < now_period
),

moments as (
    select
        indicator_id,
        measure,
        unnest(['now', 'then']) as moment,
        unnest([now_period, then_period]) as period
    from pairs
),

cells as (
    select
        m.indicator_id,
        m.moment,
        r.county_id,
        r.unit_id,
        sum(r.numerator) as numerator,
        sum(r.denominator) as denominator,
        bool_or(r.is_withheld) as is_withheld
    from moments as m
    inner join indicator_rows as r
        on
            m.indicator_id = r.indicator_id
            and if(m.measure = 'level', m.period = r.period, m.period >= r.period)
    where r.county_id not in ('all', 'withheld') and r.unit_id <> 'withheld'
    group by m.indicator_id, m.measure, m.moment, r.county_id, r.unit_id
    -- of a stock, what has come and gone is not there
    having
        m.measure = 'level'
        or coalesce(sum(r.numerator), 0) <> 0
        or coalesce(sum(r.denominator), 0) <> 0
),

sides as (
    select
        indicator_id,
        unit_id,
        max(county_id) filter (where moment = 'now') as now_county,
        max(county_id) filter (where moment = 'then') as then_county,
        bool_or(is_withheld) as is_withheld
    from cells
    group by indicator_id, unit_id
),

-- What the register knew at each moment of the schools that have a figure at one of them only.
registered as (
    select
        sides.indicator_id,
        sides.unit_id,
        max_by(s.county_id, s.school_year) filter (where s.school_year <= p.now_year)
            as county_now,
        max_by(s.school_status, s.school_year) filter (where s.school_year <= p.now_year)
            as status_now,
        max_by(s.school_status, s.school_year) filter (where s.school_year <= p.then_year)
            as status_then,
        bool_or(s.school_year = p.now_year) as is_listed_now,
        bool_or(s.school_year = p.then_year) as is_listed_then,
        coalesce(min(strftime(s.opened_date, '%Y-%m')), any_value(p.now_period)) as opened_month
    from sides
    inner join pairs as p on sides.indicator_id = p.indicator_id
    inner join schools as s on sides.unit_id = s.school_id
    where sides.now_county is null or sides.then_county is null
    group by sides.indicator_id, sides.unit_id
),

matched as (
    select
        sides.indicator_id,
        sides.unit_id,
        sides.is_withheld,
        p.compared,
        coalesce(sides.now_county, r.county_now, sides.then_county) as county_id,
        case
            when sides.now_county is not null and sides.then_county is not null then 'both'
            when sides.now_county is null and r.status_now <> 'open' then 'closed'
            when sides.now_county is null and r.is_listed_now then 'unmeasured'
            when sides.now_county is null then 'unlisted'
            when r.status_then <> 'open' then 'opened'
            when r.status_then is null and r.opened_month > p.then_period then 'opened'
            when r.is_listed_then then 'unmeasured'
            else 'unlisted'
        end as outcome
    from sides
    inner join pairs as p on sides.indicator_id = p.indicator_id
    left join registered as r
        on sides.indicator_id = r.indicator_id and sides.unit_id = r.unit_id
),

judged as (
    select
        *,
        case outcome
            when 'both' then true
            when 'unlisted' then false
            when 'unmeasured' then compared = 'whole'
            else compared = 'whole' or is_withheld
        end as is_kept
    from matched
),

-- Only counties that have figures at both moments; without one nothing compares.
reporting as (
    select
        indicator_id,
        county_id
    from cells
    group by indicator_id, county_id
    having count(distinct moment) = 2
),

areas as (
    select
        indicator_id,
        county_id as area_id,
        county_id
    from reporting
    union all
    select
        indicator_id,
        'all' as area_id,
        county_id
    from reporting
    where list_contains($counties, county_id)
),

-- The few that do not stay where they are.
displaced as (
    select
        c.*,
        j.county_id as home,
        j.is_kept
    from cells as c
    inner join judged as j on c.indicator_id = j.indicator_id and c.unit_id = j.unit_id
    where not j.is_kept or c.county_id <> j.county_id
),

moves as (
    select
        d.indicator_id,
        d.moment,
        out_of.area_id,
        d.unit_id,
        -1 as sign,
        d.numerator,
        d.denominator,
        d.is_withheld
    from displaced as d
    inner join areas as out_of
        on d.indicator_id = out_of.indicator_id and d.county_id = out_of.county_id
    union all
    select
        d.indicator_id,
        d.moment,
        into_area.area_id,
        d.unit_id,
        1 as sign,
        d.numerator,
        d.denominator,
        d.is_withheld
    from displaced as d
    inner join areas as into_area
        on d.indicator_id = into_area.indicator_id and d.home = into_area.county_id
    where d.is_kept
),

-- Within an area a school may move as it likes.
net_moves as (
    select
        indicator_id,
        moment,
        area_id,
        unit_id,
        sum(sign) as sign,
        any_value(numerator) as numerator,
        any_value(denominator) as denominator,
        bool_or(is_withheld) as is_withheld
    from moves
    group by indicator_id, moment, area_id, unit_id
    having sum(sign) <> 0
),

adjustments as (
    select
        indicator_id,
        area_id,
        coalesce(sum(sign * numerator) filter (where moment = 'now'), 0) as now_numerator,
        coalesce(sum(sign * denominator) filter (where moment = 'now'), 0) as now_denominator,
        coalesce(sum(sign * numerator) filter (where moment = 'then'), 0) as then_numerator,
        coalesce(sum(sign * denominator) filter (where moment = 'then'), 0) as then_denominator,
        bool_or(is_withheld) as is_unknown
    from net_moves
    group by indicator_id, area_id
),

counts as (
    select
        j.indicator_id,
        areas.area_id,
        count(*) filter (where j.is_kept) as compared,
        count(*) filter (where not j.is_kept and j.outcome = 'opened') as opened,
        count(*) filter (where not j.is_kept and j.outcome = 'closed') as closed,
        count(*) filter (where not j.is_kept and j.outcome = 'unmeasured') as unmeasured,
        count(*) filter (where not j.is_kept and j.outcome = 'unlisted') as unlisted,
        count(*) filter (
            where j.is_kept and j.compared = 'same_schools' and j.outcome <> 'both'
        ) as inseparable
    from judged as j
    inner join areas on j.indicator_id = areas.indicator_id and j.county_id = areas.county_id
    group by j.indicator_id, areas.area_id
),

final as (
    select
        counts.*,
        pairs.then_period,
        coalesce(a.now_numerator, 0) as now_numerator,
        coalesce(a.now_denominator, 0) as now_denominator,
        coalesce(a.then_numerator, 0) as then_numerator,
        coalesce(a.then_denominator, 0) as then_denominator,
        coalesce(a.is_unknown, false) as is_unknown
    from counts
    inner join pairs on counts.indicator_id = pairs.indicator_id
    left join adjustments as a
        on counts.indicator_id = a.indicator_id and counts.area_id = a.area_id
)

select * from final
