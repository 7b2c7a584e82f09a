package ledger

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"
	"github.com/apache/arrow-go/v18/arrow/memory/mallocator"

	"clientele/analytics/engine"
	"clientele/analytics/job"
	"clientele/analytics/persons"
)

// Persons says who is who; nil: the job does not ask, and an id is a person.
func (p *Plan) Persons() *persons.Found { return p.persons }

// IDMap is the job's own file about ids; nil: it has none.
func (p *Plan) IDMap() *job.IDMap { return p.idMap }

// keyExpressions read the keys of identity.
func keyExpressions(c job.Columns) []expression {
	var list []expression
	for _, name := range slices.Sorted(maps.Keys(c.Keys)) {
		list = append(list, expression{keyName(name), "columns.keys." + name, roleText, c.Keys[name]})
	}
	return list
}

// keyName is the name of a key among expressions, apart from an attribute's of the same.
func keyName(key string) string { return "key." + key }

// keyLabels are the ledger's columns for keys.
func (p *Plan) keyLabels() []namedSQL {
	if p.job.Identity == nil {
		return nil
	}
	var all []namedSQL
	for _, key := range p.job.Identity.Keys {
		all = append(all, namedSQL{SQL: keyName(key), As: personKeyColumn(key)})
	}
	return all
}

func personKeyColumn(key string) string { return engine.Identifier("key_" + key) }

// joinPersons finds which ids are one person, and makes their rows one customer's.
func (p *Plan) joinPersons(ctx context.Context) error {
	identity := p.job.Identity
	if identity == nil {
		return nil
	}
	var customer map[string]string
	if p.idMap != nil {
		customer = p.idMap.Customer
	}
	used := usedSQL{Totals: p.listed(p.repeatsTotals)}
	j := persons.NewJoiner(identity.Normalise, customer, identity.Keys, identity.Cap)
	if p.job.Activation != nil { // whose responses may name an address
		j.KeepKeys()
	}
	if err := p.addIDs(ctx, j, used); err != nil {
		return err
	}
	for k, key := range identity.Keys {
		if err := p.addKeys(ctx, j, used, k, key); err != nil {
			return err
		}
	}
	p.persons = j.Decide()
	heard, err := p.heard(ctx)
	if err != nil {
		return err
	}
	return p.rename(ctx, slices.Concat(p.persons.Aliases, heard))
}

// rename makes rows of some ids those of the customers under whom they are published.
func (p *Plan) rename(ctx context.Context, aliases []persons.Alias) error {
	if len(aliases) == 0 {
		return nil
	}
	if err := p.feedAliases(ctx, aliases); err != nil {
		return err
	}
	if err := p.exec(ctx, "join_persons.sql"); err != nil {
		return err
	}
	return p.engine.Exec(ctx, "DROP TABLE aliases")
}

// usedSQL is what the statements about persons need to know of the rows that count: those
// of Totals may be used without an amount of their own. Persons are joined before totals
// are counted once: the lines of an order may spell its customer differently.
type usedSQL struct{ Totals string }

// addIDs tells a joiner of all ids.
func (p *Plan) addIDs(ctx context.Context, j *persons.Joiner, used usedSQL) error {
	return p.forEach(ctx, "ids.sql", used, func(b arrow.RecordBatch) error {
		c := engine.Columns{Batch: b}
		ids, days := engine.Take[*array.String](&c, "customer"), engine.Take[*array.Date32](&c, "day")
		if c.Err != nil {
			return c.Err
		}
		for i := range ids.Len() {
			j.AddID(strings.Clone(ids.Value(i)), int32(days.Value(i)))
		}
		return nil
	})
}

// addKeys tells a joiner of the values of a key.
func (p *Plan) addKeys(ctx context.Context, j *persons.Joiner, used usedSQL, at int, key string) error {
	return p.forEach(ctx, "id_keys.sql", struct {
		usedSQL
		Column string
	}{used, personKeyColumn(key)}, func(b arrow.RecordBatch) error {
		c := engine.Columns{Batch: b}
		ids, values := engine.Take[*array.String](&c, "customer"), engine.Take[*array.String](&c, "value")
		if c.Err != nil {
			return c.Err
		}
		for i := range ids.Len() {
			j.AddKey(at, ids.Value(i), strings.Clone(values.Value(i)))
		}
		return nil
	})
}

// forEach runs a statement and hands its rows over. Errors quote no values.
func (p *Plan) forEach(ctx context.Context, name string, data any, visit func(arrow.RecordBatch) error) error {
	sql, err := statement(name, data)
	if err != nil {
		return err
	}
	if err := engine.ForEach(ctx, p.engine, sql, visit); err != nil {
		return fmt.Errorf("ledger: %s: %w", name, engine.WithoutValues(err))
	}
	return nil
}

// feedAliases makes a table of the ids that are published under another.
func (p *Plan) feedAliases(ctx context.Context, aliases []persons.Alias) (err error) {
	text := func(name string) arrow.Field { return arrow.Field{Name: name, Type: arrow.BinaryTypes.String} }
	schema := feedOf([]arrow.Field{text("alias"), text("customer")})
	f := startFeed(ctx, schema, func(_ context.Context, f *feed) error { return handAliases(f, aliases) })
	defer func() {
		if closeErr := f.close(); closeErr != nil {
			err = closeErr
		}
	}()
	sql, err := statement("aliases.sql", struct{ Reader string }{feedReader})
	if err != nil {
		return err
	}
	return p.engine.Feed(ctx, feedView, f, sql)
}

// handAliases hands aliases to a feed, batch by batch.
func handAliases(f *feed, aliases []persons.Alias) error {
	builder := array.NewRecordBuilder(mallocator.NewMallocator(), f.schema)
	defer builder.Release()
	rows := builder.Field(0).(*array.StructBuilder)
	alias, customer := rows.FieldBuilder(0).(*array.StringBuilder), rows.FieldBuilder(1).(*array.StringBuilder)
	for some := range slices.Chunk(aliases, feedRows) {
		for _, a := range some {
			rows.Append(true)
			alias.Append(a.ID)
			customer.Append(a.Customer)
		}
		if err := f.hand(builder.NewRecordBatch()); err != nil {
			return err
		}
	}
	return nil
}

// Identity is what the job says of ids; nil: nothing.
func (p *Plan) Identity() *job.Identity { return p.job.Identity }

// IDs are the customers of the rows that are used, in no order.
func (p *Plan) IDs(ctx context.Context) ([]string, error) {
	var all []string
	err := p.forEach(ctx, "ids.sql", nil, func(b arrow.RecordBatch) error {
		c := engine.Columns{Batch: b}
		ids := engine.Take[*array.String](&c, "customer")
		if c.Err != nil {
			return c.Err
		}
		for i := range ids.Len() {
			all = append(all, strings.Clone(ids.Value(i)))
		}
		return nil
	})
	return all, err
}
