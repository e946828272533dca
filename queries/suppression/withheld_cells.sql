-- Which cells are withheld because so few people could be known: the schools of a county and the
-- counties of the city (unit_id = county_id), for every indicator and breakdown of people.
--
-- A cell is made of numbers of people: those counted, in a share those not counted, and what the
-- definitions name besides. Of every total of such a number (a county's over its schools, the
-- city's over its counties) the small ones are withheld. Who knows the total and the other cells
-- knows what the withheld have together; and as each of them is at least one, none can be more than
-- what is left of that. Where it leaves less than the threshold to any one of them, the smallest
-- larger cell is withheld with them, or, where there is none, as many cells of nobody as there are
-- small ones. Two tables may be made of the same number: what is withheld for it is withheld in
-- both.
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

-- The part of a breakdown that a school adds up in: parts have totals of their own.
figure_numbers as (
    select
        breakdown as table_id,
        part,
        county_id as total_id,
        school_id as unit_id,
        period,
        number_name,
        people
    from computed.school_people
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
        '' as part,
        total_id,
        unit_id,
        period,
        number_name,
        people
    from indicator_numbers
    where people >= 0
    union all
    select
        table_id,
        '' as part,
        total_id,
        unit_id,
        period,
        number_name,
        people
    from breakdown_numbers
    where people >= 0
    union all
    select * from figure_numbers
    where people >= 0
),

-- Cells stand in for each other among those that the same tables have, so that the difference of
-- two tables' totals tells nothing either: tables is a fingerprint of which tables have a cell.
fingerprints as (
    select
        number_name,
        total_id,
        unit_id,
        period,
        min(people) as people,
        bit_xor(hash(table_id || ' ' || part)) as tables,
        count(*) > 1 or max(part) <> '' as is_parted
    from numbers
    group by number_name, total_id, unit_id, period
),

-- What those of a county have together, which such a difference tells, is a number of the county's.
part_sums as (
    select
        number_name || ' ' || tables as number_name,
        total_id as county_id,
        period,
        tables,
        number_name as whole_name,
        sum(people) as people
    from fingerprints
    where total_id <> 'all' and is_parted
    group by number_name, total_id, period, tables
),

-- The rest is asked only of numbers that are small somewhere.
parts_with_small as (
    select distinct
        part_sums.number_name,
        part_sums.period
    from part_sums
    cross join threshold
    where part_sums.people > 0 and part_sums.people < threshold.fewest
),

part_numbers as (
    select distinct
        numbers.table_id,
        'all' as total_id,
        part_sums.county_id as unit_id,
        part_sums.period,
        part_sums.number_name,
        part_sums.people
    from parts_with_small
    inner join part_sums
        on
            parts_with_small.number_name = part_sums.number_name
            and parts_with_small.period = part_sums.period
    inner join fingerprints
        on
            part_sums.whole_name = fingerprints.number_name
            and part_sums.county_id = fingerprints.total_id
            and part_sums.period = fingerprints.period
            and part_sums.tables = fingerprints.tables
    inner join numbers
        on
            fingerprints.number_name = numbers.number_name
            and fingerprints.total_id = numbers.total_id
            and fingerprints.unit_id = numbers.unit_id
            and fingerprints.period = numbers.period
),

all_numbers as (
    select
        table_id,
        total_id,
        unit_id,
        period,
        number_name,
        people
    from numbers
    union all
    select * from part_numbers
),

shared_numbers as (
    select
        number_name,
        total_id,
        unit_id,
        period,
        people,
        tables
    from fingerprints
    union all
    select
        number_name,
        'all' as total_id,
        county_id as unit_id,
        period,
        people,
        tables
    from part_sums
),

totals_with_small as (
    select distinct
        shared_numbers.number_name,
        shared_numbers.total_id,
        shared_numbers.period,
        threshold.fewest
    from shared_numbers
    cross join threshold
    where shared_numbers.people > 0 and shared_numbers.people < threshold.fewest
),

judged as (
    select
        s.*,
        t.fewest,
        s.people > 0 and s.people < t.fewest as is_small,
        case
            when s.people = 0 then 'nobody'
            when s.people >= t.fewest then 'larger'
        end as stands_in_as
    from shared_numbers as s
    inner join totals_with_small as t
        on
            s.number_name = t.number_name
            and s.total_id = t.total_id
            and s.period = t.period
),

totals as (
    select
        *,
        count(*) filter (where is_small) over the_total as small_cells,
        sum(if(is_small, people, 0)) over the_total as small_people,
        count(*) filter (where stands_in_as = 'larger') over the_total as larger_cells,
        row_number() over (
            partition by tables, number_name, total_id, period, stands_in_as
            order by people, unit_id
        ) as place
    from judged
    window the_total as (partition by tables, number_name, total_id, period)
),

withheld_numbers as (
    select
        number_name,
        total_id,
        unit_id,
        period
    from totals
    where
        is_small
        or (
            small_cells > 0
            and small_people - small_cells < fewest - 1
            and case stands_in_as
                when 'larger' then place = 1
                when 'nobody' then larger_cells = 0 and place <= small_cells
            end
        )
),

withheld as (
    select distinct
        n.table_id,
        n.total_id,
        n.unit_id,
        n.period
    from all_numbers as n
    inner join withheld_numbers as w
        on
            n.number_name = w.number_name
            and n.total_id = w.total_id
            and n.unit_id = w.unit_id
            and n.period = w.period
),

school_cells as (
    select
        indicator_id as table_id,
        total_id,
        unit_id,
        period
    from cells
    where total_id <> 'all'
    union all
    select distinct
        table_id,
        total_id,
        unit_id,
        period
    from figure_numbers
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
        s.table_id,
        s.total_id as county_id,
        s.unit_id,
        s.period
    from school_cells as s
    inner join withheld as w
        on
            s.table_id = w.table_id
            and w.total_id = 'all'
            and s.total_id = w.unit_id
            and s.period = w.period
)

select * from final
