-- The dates at which a figure of the whole city was taken, up to a month, by the month they lie in.
select
    strftime(cut_off_date, '%Y-%m') as period,
    max(cut_off_date) as cut_off_date
from city_figures
where
    figure = $figure
    and value is not null
    and strftime(cut_off_date, '%Y-%m') <= $as_of
group by period
order by period
