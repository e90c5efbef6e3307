-- Sales, returns and profit of each store, catalog page and web site over two weeks
WITH moves AS (
    SELECT 'store channel' AS channel, 'store' || s_store_id AS id, date_sk, sales, returned, profit
    FROM (
        SELECT
            ss_store_sk AS place_sk,
            ss_sold_date_sk AS date_sk,
            ss_ext_sales_price AS sales,
            DECIMAL '0.00' AS returned,
            ss_net_profit AS profit
        FROM store_sales
        UNION ALL
        SELECT sr_store_sk, sr_returned_date_sk, DECIMAL '0.00', sr_return_amt, -sr_net_loss
        FROM store_returns
    )
    JOIN store ON s_store_sk = place_sk
    UNION ALL
    SELECT 'catalog channel', 'catalog_page' || cp_catalog_page_id, date_sk, sales, returned, profit
    FROM (
        SELECT
            cs_catalog_page_sk AS place_sk,
            cs_sold_date_sk AS date_sk,
            cs_ext_sales_price AS sales,
            DECIMAL '0.00' AS returned,
            cs_net_profit AS profit
        FROM catalog_sales
        UNION ALL
        SELECT cr_catalog_page_sk, cr_returned_date_sk, DECIMAL '0.00', cr_return_amount, -cr_net_loss
        FROM catalog_returns
    )
    JOIN catalog_page ON cp_catalog_page_sk = place_sk
    UNION ALL
    SELECT 'web channel', 'web_site' || web_site_id, date_sk, sales, returned, profit
    FROM (
        SELECT
            ws_web_site_sk AS place_sk,
            ws_sold_date_sk AS date_sk,
            ws_ext_sales_price AS sales,
            DECIMAL '0.00' AS returned,
            ws_net_profit AS profit
        FROM web_sales
        UNION ALL
        SELECT ws_web_site_sk, wr_returned_date_sk, DECIMAL '0.00', wr_return_amt, -wr_net_loss
        FROM web_returns
        LEFT JOIN web_sales ON ws_item_sk = wr_item_sk AND ws_order_number = wr_order_number
    )
    JOIN web_site ON web_site_sk = place_sk
)
SELECT channel, id, sum(sales) AS sales, sum(returned) AS returned, sum(profit) AS profit
FROM moves
JOIN date_dim ON d_date_sk = date_sk
WHERE d_date BETWEEN DATE '2000-08-23' AND DATE '2000-08-23' + INTERVAL '14' DAY
GROUP BY ROLLUP (channel, id)
ORDER BY channel, id
LIMIT 100
