-- The seven units in the official order.
select
    county_id,
    name_zh,
    name_en,
    short_zh,
    unit_kind
from counties
order by sort_order
