-- Which cells are withheld because so few people could be known: the schools of a county and the
-- counties of the city (unit_id = county_id), for every indicator and breakdown of people.
--
-- A cell is made of numbers of people: those counted, in a share those not counted, and what the
-- definitions name besides. Of every total of such a number (a county's over its schools, the
-- city's over its counties) the small ones are withheld, and where they add up to less than the
-- threshold the smallest other one with them, so that the total does not give them away. Two tables
-- may be made of the same number: what is withheld for it is withheld in both.
with
threshold as (
    select value as fewest
    from thresholds
    where name = 'suppressed_below_people'
),

definitions as (
    select
        indicator_id,
        within,
        scale = 100 as is_share,
        coalesce(shared_numerator, indicator_id || ' counted') as counted_name,
        shared_denominator as base_name
    from indicator_definitions
    where people and denominator in ('base', 'none')
),

-- City-only figures are nobody's cell.
unit_sums as (
    select
        r.indicator_id,
        r.county_id,
        r.unit_id,
        r.period,
        sum(r.numerator) as counted,
        sum(r.denominator) as base
    from computed.indicator_rows as r
    inner join definitions as d on r.indicator_id = d.indicator_id
    where r.county_id <> 'all'
    group by r.indicator_id, r.county_id, r.unit_id, r.period
),

cells as (
    select
        indicator_id,
        county_id as total_id,
        unit_id,
        period,
        counted,
        base
    from unit_sums
    where unit_id <> county_id
    union all
    select
        indicator_id,
        'all' as total_id,
        county_id as unit_id,
        period,
        sum(counted) as counted,
        sum(base) as base
    from unit_sums
    group by indicator_id, county_id, period
),

indicator_numbers as (
    select
        c.*,
        d.counted_name as number_name,
        c.counted as people
    from cells as c
    inner join definitions as d on c.indicator_id = d.indicator_id
    union all
    select
        c.*,
        c.indicator_id || ' not counted' as number_name,
        c.base - c.counted as people
    from cells as c
    inner join definitions as d on c.indicator_id = d.indicator_id and d.is_share
    union all
    select
        c.*,
        d.base_name as number_name,
        c.base as people
    from cells as c
    inner join definitions as d on c.indicator_id = d.indicator_id and d.base_name is not null
    union all
    select
        inner_cells.*,
        d.within || ' without ' || inner_cells.indicator_id as number_name,
        outer_cells.counted - inner_cells.counted as people
    from definitions as d
    inner join cells as inner_cells on d.indicator_id = inner_cells.indicator_id
    inner join cells as outer_cells
        on
            d.within = outer_cells.indicator_id
            and inner_cells.total_id = outer_cells.total_id
            and inner_cells.unit_id = outer_cells.unit_id
            and inner_cells.period = outer_cells.period
),

-- A breakdown is withheld for a county as a whole: with one level of it alone, the rest and the
-- county's total would tell.
breakdown_numbers as (
    select
        breakdown as table_id,
        'all' as total_id,
        county_id as unit_id,
        period,
        unnest([
            breakdown || ' ' || level || ' counted',
            breakdown || ' ' || level || ' not counted'
        ]) as number_name,
        unnest([people, among - people]) as people
    from computed.breakdown_rows
),

numbers as (
    select
        indicator_id as table_id,
        total_id,
        unit_id,
        period,
        number_name,
        people
    from indicator_numbers
    where people >= 0
    union all
    select * from breakdown_numbers
    where people >= 0
),

-- Cells stand in for each other among those that the same tables have, so that the difference of
-- two tables' totals tells nothing either: tables is a fingerprint of which tables have a cell.
totals_with_small as (
    select distinct
        numbers.number_name,
        numbers.total_id,
        numbers.period,
        threshold.fewest
    from numbers
    cross join threshold
    where numbers.people > 0 and numbers.people < threshold.fewest
),

shared_numbers as (
    select
        numbers.number_name,
        numbers.total_id,
        numbers.unit_id,
        numbers.period,
        totals.fewest,
        min(numbers.people) as people,
        bit_xor(hash(numbers.table_id)) as tables
    from numbers
    inner join totals_with_small as totals
        on
            numbers.number_name = totals.number_name
            and numbers.total_id = totals.total_id
            and numbers.period = totals.period
    group by
        numbers.number_name,
        numbers.total_id,
        numbers.unit_id,
        numbers.period,
        totals.fewest
),

judged as (
    select
        *,
        people < fewest as is_below
    from shared_numbers
),

totals as (
    select
        *,
        is_below and people > 0 as is_small,
        sum(if(is_below, people, 0)) over the_total as small_people,
        bool_and(is_below) over the_total as are_all_below,
        row_number() over (
            partition by tables, number_name, total_id, period, is_below
            order by people, unit_id
        ) as place
    from judged
    window the_total as (partition by tables, number_name, total_id, period)
),

-- Where nobody else has enough people to stand in, nobody's number is shown.
withheld_numbers as (
    select
        number_name,
        total_id,
        unit_id,
        period
    from totals
    where
        small_people > 0
        and (
            is_small
            or (small_people < fewest and (are_all_below or (place = 1 and not is_below)))
        )
),

withheld as (
    select distinct
        n.table_id,
        n.total_id,
        n.unit_id,
        n.period
    from numbers as n
    inner join withheld_numbers as w
        on
            n.number_name = w.number_name
            and n.total_id = w.total_id
            and n.unit_id = w.unit_id
            and n.period = w.period
),

-- A county that is withheld could be added up again from its schools.
final as (
    select
        table_id,
        if(total_id = 'all', unit_id, total_id) as county_id,
        unit_id,
        period
    from withheld
    union
    select
        c.indicator_id as table_id,
        c.total_id as county_id,
        c.unit_id,
        c.period
    from cells as c
    inner join withheld as w
        on
            c.indicator_id = w.table_id
            and w.total_id = 'all'
            and c.total_id = w.unit_id
            and c.period = w.period
)

select * from final
