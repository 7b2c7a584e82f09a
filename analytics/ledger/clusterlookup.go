package ledger

import (
	"context"
	"fmt"
	"strings"

	"clientele/analytics/engine/dialect"
	"clientele/analytics/job"
	"clientele/analytics/scalar"
)

// What is looked up for each row, the files of joins and rates, is read by this process, and
// is brought to the cluster as it was read.

// bringLookups gives the cluster the tables of joins and rates.
func (p *Plan) bringLookups(ctx context.Context) error {
	var tables []string
	for _, joins := range p.joins {
		for _, l := range joins {
			tables = append(tables, l.table)
		}
	}
	if p.rates != nil {
		tables = append(tables, ratesTable)
	}
	for _, table := range tables {
		if err := p.bring(ctx, table); err != nil {
			return fmt.Errorf("%s: %w", table, err)
		}
	}
	return nil
}

// bring gives the cluster a table of this process: in order, so that a run that is begun again
// brings the same.
func (p *Plan) bring(ctx context.Context, table string) error {
	rows, err := p.engine.Query(ctx, "SELECT * FROM "+table+" ORDER BY ALL")
	if err != nil {
		return err
	}
	defer rows.Release()
	return p.cluster.Feed(ctx, feedView, rows, dialect.Spark.Write("table", table)+" SELECT * FROM "+feedView)
}

// bindKeysOnCluster writes the source's side of the keys of its joins for the cluster.
func (p *Plan) bindKeysOnCluster(b *batch) (wrong job.Errors) {
	for k, l := range b.joins {
		for i := range b.keys[k] {
			sql, err := b.onCluster(b.keys[k][i])
			if err != nil {
				wrong = append(wrong, violation(p.job.Sources[b.source], b.source, l.key("on"), "%v", err))
			}
			b.keys[k][i].spark = sql
		}
	}
	return wrong
}

// joinedOnCluster are rows with the columns of one join beside them, as joinedTo has them.
func (b *batch) joinedOnCluster(rows string, k int) string {
	l := b.joins[k]
	found := fmt.Sprintf("`%sfound.%d`", scalar.OwnPrefix, k)
	keyed, missing, same := []string{"*"}, []string{}, []string{}
	for i, m := range b.keys[k] {
		key := fmt.Sprintf("`%skey.%d.%d`", scalar.OwnPrefix, k, i)
		keyed, missing = append(keyed, keyTextSQL(dialect.Spark, m.spark, m.kind)+" AS "+key), append(missing, key+" IS NULL")
		same = append(same, "joined."+keyColumn(i)+" = own."+key)
	}
	columns := []string{"own.*", "joined." + keyColumn(0) + " IS NOT NULL AS " + found}
	for _, i := range b.usedOf(k + 1) {
		columns = append(columns, "joined."+valueColumn(b.columns[i].at)+" AS "+rawColumn(i))
	}
	with := "(SELECT " + strings.Join(columns, ", ") + " FROM (SELECT " + strings.Join(keyed, ", ") + " FROM " + rows + ") AS own LEFT JOIN " + l.table + " AS joined ON " + strings.Join(same, " AND ") + ")"
	state := fmt.Sprintf("CASE WHEN %s THEN %d WHEN %s THEN %d ELSE %d END AS %s",
		found, joinFound, strings.Join(missing, " OR "), joinNoKey, joinNoPartner, stateColumn(k))
	return "(SELECT *, " + state + " FROM " + b.typedOnCluster(with, b.usedOf(k+1)) + ")"
}
