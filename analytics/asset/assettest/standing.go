package assettest

// Stand makes the table standing of the rows: customer, day and what is left of rows by the
// rules of docs/returns.md. Returns that name an order of the customer take it back on its
// day; orders of which nothing is left are no purchase. Of each day there is what was bought,
// plain and above list prices, and what it comes to (net).
func (b Books) Stand() {
	b.t.Helper()
	b.Exec(`CREATE TABLE orders AS
		SELECT customer, ord, min(day) AS day, sum(amount) AS sold FROM rows WHERE NOT is_return GROUP BY ALL`)
	b.Exec(`CREATE TABLE taken AS
		SELECT o.customer, o.ord, o.day, o.sold, sum(r.amount) AS back
		FROM orders AS o JOIN rows AS r ON r.is_return AND r.original = o.ord AND r.customer = o.customer GROUP BY ALL`)
	b.Exec(`CREATE TABLE undone AS SELECT customer, ord FROM taken WHERE sold > 0 AND -back >= sold`)
	b.Exec(`CREATE TABLE lines AS SELECT * FROM rows ANTI JOIN undone USING (customer, ord) WHERE NOT is_return`)
	// Those of whom nothing is left, or who only returned, are no customers.
	b.Exec(`CREATE TABLE moves AS
		SELECT customer, day, amount FROM rows WHERE NOT is_return
		UNION ALL SELECT customer, day, back FROM taken
		UNION ALL SELECT customer, day, amount FROM rows AS r WHERE is_return AND NOT EXISTS (
			SELECT 1 FROM orders AS o WHERE o.customer = r.customer AND o.ord = r.original)`)
	b.Exec(`DELETE FROM moves WHERE customer NOT IN (SELECT customer FROM lines)`)
}
