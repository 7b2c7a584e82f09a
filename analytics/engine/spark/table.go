package spark

import (
	"context"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/apache/arrow-go/v18/arrow/array"

	"clientele/analytics/engine"
	"clientele/analytics/engine/dialect"
)

// Table shows the customers of the newest night in the catalogue of the cluster. What bears
// its name is a view, and each night has a table of its own, NAME__AS_OF_DIGEST: the view is
// led to another table by one statement of the catalogue, so that who reads it sees all of a
// night or all of the one before. Catalogues have no such statement for tables of files.
type Table struct {
	connection *Connection
	schema     []string // its catalogue and schema
	name       string
	owner      Owner
}

// Owner is who shows customers in a table: a job and where it publishes, as two jobs may have
// one name and would replace each other's customers.
type Owner struct {
	Job    string
	Output string // folder of the publications
}

func (o Owner) made(p properties) bool { return p[ofJob] == o.Job && p[ofOutput] == o.Output }

// Night is what a table shows.
type Night struct {
	AsOf   string // 2024-01-31
	RunID  string
	SHA256 string // of the file of customers
	Rows   int64
}

// properties are what the catalogue keeps beside a view.
type properties map[string]string

// The properties of a view and of the tables of its nights.
const (
	ofJob    = "clientele.job"
	ofOutput = "clientele.output"
	ofNight  = "clientele.as_of"
	ofRun    = "clientele.run_id"
	ofDigest = "clientele.sha256"
	ofTable  = "clientele.table" // that the view shows
)

// OpenTable looks at what bears a name, of a catalogue, a schema and a table. What another made
// is refused.
func OpenTable(ctx context.Context, c *Connection, name string, owner Owner) (*Table, error) {
	parts := strings.Split(name, ".")
	last := len(parts) - 1
	t := &Table{connection: c, schema: parts[:last], name: parts[last], owner: owner}
	if _, err := t.rows(ctx, "DESCRIBE SCHEMA "+identifiers(t.schema...)); err != nil {
		return nil, err
	}
	shown, err := t.propertiesOf(ctx, t.name)
	if err != nil {
		return nil, err
	}
	return t, t.refuse(shown)
}

// refuse is the error of a view that another made; nil: there is none, or it is ours.
func (t *Table) refuse(shown properties) error {
	name := strings.Join(append(slices.Clone(t.schema), t.name), ".")
	switch {
	case shown == nil, t.owner.made(shown):
		return nil
	case shown[ofJob] == t.owner.Job:
		return fmt.Errorf("%s shows what a job of the same name publishes in %q, and this one publishes in %q; name another table, or drop it where the publications were moved", name, shown[ofOutput], t.owner.Output)
	}
	return fmt.Errorf("%s is there and was not made by this job; name another, or drop it", name)
}

// Prepare makes the table of a night from what is staged under a name. Who reads the view sees
// nothing of it.
func (t *Table) Prepare(ctx context.Context, stage *Folder, staged string, n Night) error {
	table := t.tableOf(n)
	if whole, err := t.isWhole(ctx, table, n); whole || err != nil {
		return err
	}
	// Spark leaves the files of an attempt that was killed, and writes in their place.
	if err := t.exec(ctx, "SET spark.sql.legacy.allowNonEmptyLocationInCTAS=true"); err != nil {
		return err
	}
	if err := t.exec(ctx, "DROP TABLE IF EXISTS "+t.identifier(table)); err != nil {
		return err
	}
	if err := t.exec(ctx, "CREATE TABLE "+t.identifier(table)+t.said(n, table)+" AS SELECT * FROM parquet."+dialect.Spark.Identifier(stage.Path(staged))); err != nil {
		return err
	}
	whole, err := t.isWhole(ctx, table, n)
	if err == nil && !whole {
		err = fmt.Errorf("%s has not the %d customers that were written to it", table, n.Rows)
	}
	return err
}

// isWhole tells whether the table of a night is there, with all rows: some catalogues know a
// table before its rows are written.
func (t *Table) isWhole(ctx context.Context, table string, n Night) (bool, error) {
	found, err := t.propertiesOf(ctx, table)
	if err != nil || found[ofDigest] != n.SHA256 {
		return false, err
	}
	rows, err := t.rows(ctx, "SELECT CAST(count(*) AS STRING) FROM "+t.identifier(table))
	return err == nil && rows[0][0] == strconv.FormatInt(n.Rows, 10), err
}

// Show leads the view to the table of a night, unless it shows a later one, and drops the
// tables of nights before the one that it showed: who has begun to read that reads it to its
// end.
func (t *Table) Show(ctx context.Context, n Night) error {
	shown, err := t.propertiesOf(ctx, t.name)
	if err == nil {
		err = t.refuse(shown) // another may have made it meanwhile
	}
	if err != nil || shown[ofNight] > n.AsOf {
		return err
	}
	table := t.tableOf(n)
	if shown[ofTable] != table {
		if err := t.exec(ctx, "CREATE OR REPLACE VIEW "+t.identifier(t.name)+t.said(n, table)+" AS SELECT * FROM "+t.identifier(table)); err != nil {
			return err
		}
	}
	return t.tidy(ctx, table, shown[ofTable])
}

// tidy drops the tables of other nights than some, whichever job made them: who had the view before
// it was dropped left customers' data.
func (t *Table) tidy(ctx context.Context, keep ...string) error {
	rows, err := t.rows(ctx, "SHOW TABLES IN "+identifiers(t.schema...)+" LIKE "+dialect.Spark.Literal(t.name+nightSign+"*"))
	if err != nil {
		return err
	}
	var errs []error
	for _, r := range rows {
		table := r[1]
		if slices.ContainsFunc(keep, func(name string) bool { return strings.EqualFold(name, table) }) || !t.isOfNight(table) {
			continue
		}
		found, err := t.propertiesOf(ctx, table)
		if err == nil && found[ofJob] != "" {
			err = t.exec(ctx, "DROP TABLE IF EXISTS "+t.identifier(table))
		}
		errs = append(errs, err)
	}
	return errors.Join(errs...)
}

// nightSign stands between a table's name and its night.
const nightSign = "__"

// digestDigits are those of the digest in a table's name: two attempts at one night differ in them.
const digestDigits = 12

// tableOf is the name of a night's table, the same for the same customers.
func (t *Table) tableOf(n Night) string {
	return strings.ToLower(t.name) + nightSign + strings.ReplaceAll(n.AsOf, "-", "") + "_" + n.SHA256[:digestDigits]
}

// namesNight matches what stands behind nightSign in the name of a night's table.
var namesNight = regexp.MustCompile(`^[0-9]{8}_[0-9a-f]{` + strconv.Itoa(digestDigits) + `}$`)

// isOfNight tells whether a table is named as that of a night is. Another view may have a name that
// begins with ours.
func (t *Table) isOfNight(table string) bool {
	rest, of := strings.CutPrefix(strings.ToLower(table), strings.ToLower(t.name)+nightSign)
	return of && namesNight.MatchString(rest)
}

// said is what the catalogue keeps beside a night.
func (t *Table) said(n Night, table string) string {
	var all []string
	for _, p := range [][2]string{{ofJob, t.owner.Job}, {ofOutput, t.owner.Output}, {ofNight, n.AsOf}, {ofRun, n.RunID}, {ofDigest, n.SHA256}, {ofTable, table}} {
		all = append(all, dialect.Spark.Literal(p[0])+" = "+dialect.Spark.Literal(p[1]))
	}
	return " TBLPROPERTIES (" + strings.Join(all, ", ") + ")"
}

// propertiesOf are those of a table or view; nil: there is none of that name.
func (t *Table) propertiesOf(ctx context.Context, name string) (properties, error) {
	rows, err := t.rows(ctx, "SHOW TBLPROPERTIES "+t.identifier(name))
	if said, is := errors.AsType[*engine.SQLError](err); is && strings.HasPrefix(said.Message, "[TABLE_OR_VIEW_NOT_FOUND") {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	found := properties{}
	for _, r := range rows {
		found[r[0]] = r[1]
	}
	return found, nil
}

func (t *Table) identifier(name string) string {
	return identifiers(append(append([]string{}, t.schema...), name)...)
}

func identifiers(parts ...string) string {
	quoted := make([]string, len(parts))
	for i, p := range parts {
		quoted[i] = dialect.Spark.Identifier(p)
	}
	return strings.Join(quoted, ".")
}

// exec runs a statement that changes the catalogue. A session that is opened in place of this
// one does not repeat it.
func (t *Table) exec(ctx context.Context, sql string) error {
	return t.connection.again(ctx, func() error { return t.connection.session.Exec(ctx, sql) })
}

func (t *Table) rows(ctx context.Context, sql string) (all [][]string, err error) {
	var rows array.RecordReader
	if rows, err = t.connection.Rows(ctx, sql); err != nil {
		return nil, err
	}
	defer rows.Release()
	for rows.Next() {
		r := rows.RecordBatch()
		for i := range int(r.NumRows()) {
			one := make([]string, r.NumCols())
			for k, c := range r.Columns() {
				one[k] = strings.Clone(c.ValueStr(i))
			}
			all = append(all, one)
		}
	}
	return all, rows.Err()
}
