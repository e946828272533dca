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
-- county's total would tell. For the same reason a county that has one level only, or one in two
-- measures, stands in last: an indicator may tell what it has.
county_levels as (
    select
        breakdown,
        county_id,
        period,
        count(distinct level) <= 2 as stands_in_last
    from computed.breakdown_rows
    group by breakdown, county_id, period
),

breakdown_numbers as (
    select
        r.breakdown as table_id,
        'all' as total_id,
        r.county_id as unit_id,
        r.period,
        county_levels.stands_in_last,
        unnest([
            r.breakdown || ' ' || r.level || ' counted',
            r.breakdown || ' ' || r.level || ' not counted'
        ]) as number_name,
        unnest([r.people, r.among - r.people]) as people
    from computed.breakdown_rows as r
    inner join county_levels
        on
            r.breakdown = county_levels.breakdown
            and r.county_id = county_levels.county_id
            and r.period = county_levels.period
),

numbers as (
    select
        indicator_id as table_id,
        '' as part,
        total_id,
        unit_id,
        period,
        number_name,
        people,
        false as stands_in_last
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
        people,
        stands_in_last
    from breakdown_numbers
    where people >= 0
    union all
    select
        *,
        false as stands_in_last
    from figure_numbers
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
        bool_or(stands_in_last) as stands_in_last,
        bit_xor(hash(table_id || ' ' || part)) as tables
    from numbers
    group by number_name, total_id, unit_id, period
),

-- What a county's cells with the same tables have together is what such a difference tells: a
-- number of the county's.
part_sums as (
    select
        number_name,
        total_id as county_id,
        period,
        tables,
        sum(people) as people
    from fingerprints
    where total_id <> 'all'
    group by number_name, total_id, period, tables
),

parted_numbers as (
    select
        number_name,
        period
    from part_sums
    group by number_name, period
    having count(distinct tables) > 1
),

small_parts as (
    select distinct
        part_sums.number_name,
        part_sums.period,
        part_sums.tables
    from part_sums
    inner join parted_numbers
        on
            part_sums.number_name = parted_numbers.number_name
            and part_sums.period = parted_numbers.period
    cross join threshold
    where part_sums.people > 0 and part_sums.people < threshold.fewest
),

part_tables as (
    select distinct
        small_parts.number_name,
        small_parts.period,
        small_parts.tables,
        numbers.table_id
    from small_parts
    inner join fingerprints
        on
            small_parts.number_name = fingerprints.number_name
            and small_parts.period = fingerprints.period
            and small_parts.tables = fingerprints.tables
    inner join numbers
        on
            fingerprints.number_name = numbers.number_name
            and fingerprints.total_id = numbers.total_id
            and fingerprints.unit_id = numbers.unit_id
            and fingerprints.period = numbers.period
    where fingerprints.total_id <> 'all'
),

-- A county without such cells has nobody in them.
part_cells as (
    select distinct
        small_parts.number_name || ' ' || small_parts.tables as number_name,
        'all' as total_id,
        of_number.county_id as unit_id,
        small_parts.period,
        coalesce(part_sums.people, 0) as people,
        false as stands_in_last,
        small_parts.tables,
        small_parts.number_name as whole_name
    from small_parts
    inner join part_sums as of_number
        on
            small_parts.number_name = of_number.number_name
            and small_parts.period = of_number.period
    left join part_sums
        on
            small_parts.number_name = part_sums.number_name
            and small_parts.period = part_sums.period
            and small_parts.tables = part_sums.tables
            and of_number.county_id = part_sums.county_id
),

all_numbers as (
    select
        table_id,
        total_id,
        unit_id,
        period,
        number_name
    from numbers
    union all
    select
        part_tables.table_id,
        part_cells.total_id,
        part_cells.unit_id,
        part_cells.period,
        part_cells.number_name
    from part_cells
    inner join part_tables
        on
            part_cells.whole_name = part_tables.number_name
            and part_cells.period = part_tables.period
            and part_cells.tables = part_tables.tables
),

shared_numbers as (
    select * from fingerprints
    union all
    select * exclude (whole_name)
    from part_cells
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
            order by stands_in_last, people, unit_id
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
