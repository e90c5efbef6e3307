-- Sales, returns and profit of stores, call centers and web pages in thirty days
WITH period AS (
    SELECT d_date_sk FROM date_dim WHERE d_date BETWEEN DATE '2000-08-23' AND DATE '2000-08-23' + INTERVAL '30' DAY
),
store_sold AS (
    SELECT s_store_sk AS id, sum(ss_ext_sales_price) AS sales, sum(ss_net_profit) AS profit
    FROM store_sales
    JOIN period ON d_date_sk = ss_sold_date_sk
    JOIN store ON s_store_sk = ss_store_sk
    GROUP BY s_store_sk
),
store_returned AS (
    SELECT s_store_sk AS id, sum(sr_return_amt) AS returns, sum(sr_net_loss) AS loss
    FROM store_returns
    JOIN period ON d_date_sk = sr_returned_date_sk
    JOIN store ON s_store_sk = sr_store_sk
    GROUP BY s_store_sk
),
catalog_sold AS (
    SELECT cs_call_center_sk AS id, sum(cs_ext_sales_price) AS sales, sum(cs_net_profit) AS profit
    FROM catalog_sales
    JOIN period ON d_date_sk = cs_sold_date_sk
    GROUP BY cs_call_center_sk
),
catalog_returned AS (
    SELECT cr_call_center_sk AS id, sum(cr_return_amount) AS returns, sum(cr_net_loss) AS loss
    FROM catalog_returns
    JOIN period ON d_date_sk = cr_returned_date_sk
    GROUP BY cr_call_center_sk
),
web_sold AS (
    SELECT wp_web_page_sk AS id, sum(ws_ext_sales_price) AS sales, sum(ws_net_profit) AS profit
    FROM web_sales
    JOIN period ON d_date_sk = ws_sold_date_sk
    JOIN web_page ON wp_web_page_sk = ws_web_page_sk
    GROUP BY wp_web_page_sk
),
web_returned AS (
    SELECT wp_web_page_sk AS id, sum(wr_return_amt) AS returns, sum(wr_net_loss) AS loss
    FROM web_returns
    JOIN period ON d_date_sk = wr_returned_date_sk
    JOIN web_page ON wp_web_page_sk = wr_web_page_sk
    GROUP BY wp_web_page_sk
),
channels AS (
    SELECT 'store channel' AS channel, s.id, s.sales, coalesce(r.returns, 0) AS returns, s.profit - coalesce(r.loss, 0) AS profit
    FROM store_sold AS s
    LEFT JOIN store_returned AS r ON r.id = s.id
    UNION ALL
    -- the definition joins these two without a condition
    SELECT 'catalog channel', s.id, s.sales, r.returns, s.profit - r.loss
    FROM catalog_sold AS s
    CROSS JOIN catalog_returned AS r
    UNION ALL
    SELECT 'web channel', s.id, s.sales, coalesce(r.returns, 0), s.profit - coalesce(r.loss, 0)
    FROM web_sold AS s
    LEFT JOIN web_returned AS r ON r.id = s.id
)
SELECT channel, id, sum(sales) AS sales, sum(returns) AS returns, sum(profit) AS profit
FROM channels
GROUP BY ROLLUP (channel, id)
ORDER BY channel, id, sales, returns, profit
LIMIT 100
