-- Households of the customers who bought in the stores and also on the web or from the catalog
WITH period AS (
    SELECT d_date_sk FROM date_dim WHERE d_year = 2002 AND d_qoy < 4
)
SELECT
    ca_state,
    cd_gender,
    cd_marital_status,
    cd_dep_count,
    count(*) AS cnt1,
    min(cd_dep_count) AS min_dep,
    max(cd_dep_count) AS max_dep,
    round(CAST(avg(cd_dep_count) AS double), 4) AS avg_dep,
    cd_dep_employed_count,
    count(*) AS cnt2,
    min(cd_dep_employed_count) AS min_employed,
    max(cd_dep_employed_count) AS max_employed,
    round(CAST(avg(cd_dep_employed_count) AS double), 4) AS avg_employed,
    cd_dep_college_count,
    count(*) AS cnt3,
    min(cd_dep_college_count) AS min_college,
    max(cd_dep_college_count) AS max_college,
    round(CAST(avg(cd_dep_college_count) AS double), 4) AS avg_college
FROM customer
JOIN customer_address ON ca_address_sk = c_current_addr_sk
JOIN customer_demographics ON cd_demo_sk = c_current_cdemo_sk
WHERE EXISTS (SELECT 1 FROM store_sales JOIN period ON d_date_sk = ss_sold_date_sk WHERE ss_customer_sk = c_customer_sk)
  AND (
    EXISTS (SELECT 1 FROM web_sales JOIN period ON d_date_sk = ws_sold_date_sk WHERE ws_bill_customer_sk = c_customer_sk)
    OR EXISTS (SELECT 1 FROM catalog_sales JOIN period ON d_date_sk = cs_sold_date_sk WHERE cs_ship_customer_sk = c_customer_sk))
GROUP BY ca_state, cd_gender, cd_marital_status, cd_dep_count, cd_dep_employed_count, cd_dep_college_count
ORDER BY ca_state, cd_gender, cd_marital_status, cd_dep_count, cd_dep_employed_count, cd_dep_college_count
LIMIT 100
