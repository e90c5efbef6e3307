-- Averages of catalog sales to one group of customers, by item and place
SELECT i_item_id, ca_country, ca_state, ca_county, agg1, agg2, agg3, agg4, agg5, agg6, agg7
FROM (
    SELECT
        i_item_id,
        ca_country,
        ca_state,
        ca_county,
        avg(CAST(cs_quantity AS decimal(12, 2))) AS agg1,
        avg(CAST(cs_list_price AS decimal(12, 2))) AS agg2,
        avg(CAST(cs_coupon_amt AS decimal(12, 2))) AS agg3,
        avg(CAST(cs_sales_price AS decimal(12, 2))) AS agg4,
        avg(CAST(cs_net_profit AS decimal(12, 2))) AS agg5,
        avg(CAST(c_birth_year AS decimal(12, 2))) AS agg6,
        avg(CAST(buyer.cd_dep_count AS decimal(12, 2))) AS agg7,
        grouping(i_item_id, ca_country, ca_state, ca_county) AS level
    FROM catalog_sales
    JOIN date_dim ON d_date_sk = cs_sold_date_sk
    JOIN item ON i_item_sk = cs_item_sk
    JOIN customer_demographics buyer ON buyer.cd_demo_sk = cs_bill_cdemo_sk
    JOIN customer ON c_customer_sk = cs_bill_customer_sk
    JOIN customer_demographics present ON present.cd_demo_sk = c_current_cdemo_sk
    JOIN customer_address ON ca_address_sk = c_current_addr_sk
    WHERE d_year = 1998
      AND buyer.cd_gender = 'F'
      AND buyer.cd_education_status = 'Unknown'
      AND c_birth_month IN (1, 6, 8, 9, 12, 2)
      AND ca_state IN ('MS', 'IN', 'ND', 'OK', 'NM', 'VA')
    GROUP BY ROLLUP (i_item_id, ca_country, ca_state, ca_county)
)
ORDER BY ca_country, ca_state, ca_county, i_item_id, level
LIMIT 100
