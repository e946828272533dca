-- A breakdown of the chosen counties together, by level and period: the body of the table macro
-- chosen_breakdown(wanted, chosen). Numbers are null (is_withheld) where some of the withheld
-- counties are chosen and some are not: less the others, the sum would tell what they have; and
-- where there is only one of them, as nobody else has reported.
with
cells as (
    select
        *,
        list_contains(chosen, county_id) as is_chosen
    from breakdown_rows
    where breakdown = wanted
),

withheld as (
    select
        period,
        bool_or(is_chosen) as has_chosen,
        bool_and(is_chosen) and count(distinct county_id) > 1 as is_chosen_whole
    from cells
    where is_withheld
    group by period
),

sums as (
    select
        cells.level,
        cells.period,
        coalesce(withheld.has_chosen and not withheld.is_chosen_whole, false) as is_withheld,
        sum(cells.people) as people,
        sum(cells.among) as among
    from cells
    left join withheld on cells.period = withheld.period
    where cells.is_chosen or (cells.county_id = 'withheld' and withheld.is_chosen_whole)
    group by all
),

final as (
    select
        level,
        period,
        is_withheld,
        if(is_withheld, null, people) as people,
        if(is_withheld, null, among) as among
    from sums
)

select * from final
