-- Net profit of the stores by state and county, ranked within its level of the rollup
WITH profits AS (
    SELECT s_state, s_county, ss_net_profit
    FROM store_sales
    JOIN date_dim ON d_date_sk = ss_sold_date_sk
    JOIN store ON s_store_sk = ss_store_sk
    WHERE d_month_seq BETWEEN 1200 AND 1200 + 11
),
top_states AS (
    SELECT s_state
    FROM (
        SELECT s_state, rank() OVER (PARTITION BY s_state ORDER BY sum(ss_net_profit) DESC) AS ranking
        FROM profits
        GROUP BY s_state
    )
    WHERE ranking <= 5
)
SELECT
    sum(ss_net_profit) AS total_sum,
    s_state,
    s_county,
    grouping(s_state) + grouping(s_county) AS lochierarchy,
    rank() OVER (
        PARTITION BY grouping(s_state) + grouping(s_county), CASE WHEN grouping(s_county) = 0 THEN s_state END
        ORDER BY sum(ss_net_profit) DESC) AS rank_within_parent
FROM profits
WHERE s_state IN (SELECT s_state FROM top_states)
GROUP BY ROLLUP (s_state, s_county)
ORDER BY lochierarchy DESC, CASE WHEN lochierarchy = 0 THEN s_state END, rank_within_parent, s_state, s_county
LIMIT 100
