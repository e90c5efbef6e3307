-- The ten worst items of each channel by share of goods and of money returned
WITH moved AS (
    SELECT
        'web' AS channel,
        ws_item_sk AS item,
        ws_sold_date_sk AS date_sk,
        ws_quantity AS quantity,
        ws_net_paid AS paid,
        ws_net_profit AS profit,
        wr_return_quantity AS return_quantity,
        wr_return_amt AS return_amount
    FROM web_sales
    LEFT JOIN web_returns ON wr_order_number = ws_order_number AND wr_item_sk = ws_item_sk
    UNION ALL
    SELECT 'catalog', cs_item_sk, cs_sold_date_sk, cs_quantity, cs_net_paid, cs_net_profit, cr_return_quantity, cr_return_amount
    FROM catalog_sales
    LEFT JOIN catalog_returns ON cr_order_number = cs_order_number AND cr_item_sk = cs_item_sk
    UNION ALL
    SELECT 'store', ss_item_sk, ss_sold_date_sk, ss_quantity, ss_net_paid, ss_net_profit, sr_return_quantity, sr_return_amt
    FROM store_sales
    LEFT JOIN store_returns ON sr_ticket_number = ss_ticket_number AND sr_item_sk = ss_item_sk
),
ratios AS (
    SELECT
        channel,
        item,
        CAST(sum(coalesce(return_quantity, 0)) AS decimal(15, 4)) / nullif(CAST(sum(coalesce(quantity, 0)) AS decimal(15, 4)), 0) AS return_ratio,
        CAST(sum(coalesce(return_amount, 0)) AS decimal(15, 4)) / nullif(CAST(sum(coalesce(paid, 0)) AS decimal(15, 4)), 0) AS currency_ratio
    FROM moved
    JOIN date_dim ON d_date_sk = date_sk
    WHERE return_amount > 10000
      AND profit > 1
      AND paid > 0
      AND quantity > 0
      AND d_year = 2001
      AND d_moy = 12
    GROUP BY channel, item
),
ranked AS (
    SELECT
        channel,
        item,
        return_ratio,
        rank() OVER (PARTITION BY channel ORDER BY return_ratio) AS return_rank,
        rank() OVER (PARTITION BY channel ORDER BY currency_ratio) AS currency_rank
    FROM ratios
)
SELECT channel, item, return_ratio, return_rank, currency_rank
FROM ranked
WHERE return_rank <= 10
   OR currency_rank <= 10
ORDER BY channel, return_rank, currency_rank, item
LIMIT 100
