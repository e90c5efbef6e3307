-- Days on which an item's sales on the web had outrun those in the stores
WITH web AS (
    SELECT ws_item_sk AS item_sk, d_date, sum(sum(ws_sales_price)) OVER (PARTITION BY ws_item_sk ORDER BY d_date ROWS UNBOUNDED PRECEDING) AS cume_sales
    FROM web_sales
    JOIN date_dim ON d_date_sk = ws_sold_date_sk
    WHERE d_month_seq BETWEEN 1200 AND 1200 + 11
    GROUP BY ws_item_sk, d_date
),
shop AS (
    SELECT ss_item_sk AS item_sk, d_date, sum(sum(ss_sales_price)) OVER (PARTITION BY ss_item_sk ORDER BY d_date ROWS UNBOUNDED PRECEDING) AS cume_sales
    FROM store_sales
    JOIN date_dim ON d_date_sk = ss_sold_date_sk
    WHERE d_month_seq BETWEEN 1200 AND 1200 + 11
    GROUP BY ss_item_sk, d_date
),
both_channels AS (
    SELECT
        coalesce(web.item_sk, shop.item_sk) AS item_sk,
        coalesce(web.d_date, shop.d_date) AS d_date,
        web.cume_sales AS web_sales,
        shop.cume_sales AS store_sales
    FROM web
    FULL JOIN shop ON shop.item_sk = web.item_sk AND shop.d_date = web.d_date
),
running AS (
    SELECT
        item_sk,
        d_date,
        web_sales,
        store_sales,
        max(web_sales) OVER (PARTITION BY item_sk ORDER BY d_date ROWS UNBOUNDED PRECEDING) AS web_cumulative,
        max(store_sales) OVER (PARTITION BY item_sk ORDER BY d_date ROWS UNBOUNDED PRECEDING) AS store_cumulative
    FROM both_channels
)
SELECT item_sk, d_date, web_sales, store_sales, web_cumulative, store_cumulative
FROM running
WHERE web_cumulative > store_cumulative
ORDER BY item_sk, d_date
LIMIT 100
