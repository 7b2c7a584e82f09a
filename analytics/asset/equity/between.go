package equity

import (
	"errors"
	"io/fs"
	"math"
	"slices"
	"sync"

	"clientele/analytics/publication"
	"clientele/analytics/publication/cause"
	"clientele/analytics/publication/column"
	"clientele/analytics/worth/revaluation"
	"clientele/internal/calendar"
	"clientele/internal/concurrent"
	"clientele/internal/money"
	"clientele/segment/lifecycle"
)

// Remembered are the columns of a state that the ledger rests on.
var Remembered = []*column.Column{
	column.FirstDay, column.LastDay, column.Orders, column.Net, column.Returns, column.PurchaseDays,
	column.FutureValue, column.ExpectedSpend, column.LifecycleStage, column.Decline, column.Tier, column.Segment,
}

// Known is what a run has in memory of what the ledger is made of, so that it is not read
// once more. It changes no bit.
type Known struct {
	// Days are the purchase days of a customer of the newer night, by place, as
	// purchases.parquet has them; nil: they are read, where that is there.
	Days func(customer int) []calendar.Day
}

// Between is the ledger from one publication of a job to another; older nil: newer is the
// first, and all of its customers are new. The error is a [*publication.Damage] where a file
// is not as it was published.
func Between(older, newer *publication.Publication, workers int) (Ledger, error) {
	return BetweenKnown(older, newer, Known{}, workers)
}

// BetweenKnown is the same of a run.
func BetweenKnown(older, newer *publication.Publication, known Known, workers int) (Ledger, error) {
	return (&between{older: older, newer: newer, days: known.Days, workers: workers}).make()
}

// make reads what is not known, and makes the ledger.
func (b *between) make() (_ Ledger, err error) {
	if b.now, err = b.newer.ReadStateColumns(Remembered...); err != nil {
		return nil, err
	}
	if b.older == nil {
		return b.first(), nil
	}
	if b.then, err = b.older.ReadStateColumns(Remembered...); err != nil {
		return nil, err
	}
	if b.nights, err = Open(b.older, b.newer); err != nil {
		return nil, err
	}
	if b.kin, err = cause.FindKin(b.older, b.newer, b.then, b.now); err != nil {
		return nil, err
	}
	return b.ledger()
}

// between is the work on a ledger.
type between struct {
	older, newer *publication.Publication
	then, now    *publication.State
	days         func(customer int) []calendar.Day
	nights       *Nights
	kin          cause.Kin
	workers      int
	books        *books
	hear         func(then, now int, l *Lines) // of each customer, where a test wants them
}

// add adds a customer who is there on one night only.
func (b *between) add(then, now int, l *Lines) {
	b.books.add(then, now, l)
	if b.hear != nil {
		b.hear(then, now, l)
	}
}

// first is the ledger of a first night.
func (b *between) first() Ledger {
	b.books = newBooks(b.newer, nil, b.now, nil)
	for i := range b.now.Len() {
		b.add(-1, i, entry(NewCustomers, valueIn(b.now, i)))
	}
	return b.books.ledger()
}

func (b *between) ledger() (Ledger, error) {
	b.books = newBooks(b.newer, b.older, b.now, b.then)
	was, gone := b.then.Match(b.now.ID)
	if err := b.addEntries(was); err != nil {
		return nil, err
	}
	if err := b.addLeavers(gone); err != nil {
		return nil, err
	}
	var both [][2]int
	for i, at := range was {
		if at >= 0 {
			both = append(both, [2]int{at, i})
		}
	}
	known, err := b.knownThen(both)
	if err != nil {
		return nil, err
	}
	for block := range slices.Chunk(both, atOnce) {
		b.addBoth(block, known)
	}
	return b.books.ledger(), nil
}

// atOnce is how many customers are valued together: enough for them to share what they have
// in common, and no more than fit into memory beside a shop of any size.
const atOnce = 1 << 18

// entry are the lines of a customer who was not there.
func entry(line Line, value money.Amount) *Lines {
	l := &Lines{}
	l[line], l[Closing] = value, value
	return l
}

// valueIn is a customer's future value; nothing without one.
func valueIn(s *publication.State, i int) money.Amount {
	future := s.Numbers(column.FutureValue)
	if future == nil || math.IsNaN(future[i]) {
		return money.Amount{}
	}
	return money.Nearest(future[i])
}

// addEntries adds who is there on the newer night only.
func (b *between) addEntries(was []int) error {
	returned, err := allReturned(b.older)
	if err != nil {
		return err
	}
	first := b.now.Days(column.FirstDay)
	for i, at := range was {
		if at >= 0 {
			continue
		}
		id := b.now.ID[i]
		line := b.nights.entry(first[i], returned[id] != nil, b.kin.Joined[id] || b.kin.Parted[id])
		b.add(-1, i, entry(line, valueIn(b.now, i)))
	}
	return nil
}

// addLeavers adds who is there on the older night only.
func (b *between) addLeavers(gone []int) error {
	if len(gone) == 0 {
		return nil
	}
	returned, err := allReturned(b.newer)
	if err != nil {
		return err
	}
	returns := b.then.Counts(column.Returns)
	for _, at := range gone {
		line := Erased
		switch id := b.then.ID[at]; {
		case b.kin.Joined[id] || b.kin.Parted[id]:
			line = Merged
		case returned[id] != nil && returns != nil && *returned[id] > returns[at]:
			line = Lost
		case b.nights.Records:
			line = Settings
		}
		value := valueIn(b.then, at)
		l := &Lines{}
		l[Opening], l[line] = value, money.Amount{}.Minus(value)
		b.add(at, -1, l)
	}
	return nil
}

// allReturned gives the number of returns of the customers of a night of whom every order
// came back.
func allReturned(p *publication.Publication) (map[string]*int64, error) {
	returns := map[string]*int64{}
	err := p.EachRow(column.AllReturned, func(row *publication.ListRow) bool {
		returns[row.Text(column.CustomerID.Name)] = new(row.Count(column.Returns.Name))
		return true
	})
	if errors.Is(err, fs.ErrNotExist) { // nobody
		err = nil
	}
	return returns, err
}

// knownThen gives, of those of both nights who bought since, what is known tonight of their
// history then, by their place tonight. It takes purchases.parquet; without that nobody can
// tell. Whether the others' is another, their own rows tell.
func (b *between) knownThen(both [][2]int) (map[int]*revaluation.History, error) {
	known := map[int]*revaluation.History{}
	if _, whole := b.whole(); whole {
		return known, nil
	}
	last, at := b.now.Days(column.LastDay), map[string][2]int{}
	look := func(pair [2]int, days []calendar.Day) {
		if then := b.nights.KnownThen(revaluation.HistoryIn(b.then, pair[0]), revaluation.HistoryIn(b.now, pair[1]), days); then != nil {
			known[pair[1]] = then
		}
	}
	for _, pair := range both {
		switch bought := last[pair[1]] > b.nights.Older.Day; {
		case bought && b.days != nil:
			look(pair, b.days(pair[1]))
		case bought:
			at[b.now.ID[pair[1]]] = pair
		}
	}
	if len(at) == 0 {
		return known, nil
	}
	err := b.newer.EachPurchases(func(id string, of publication.Purchases) error {
		if pair, bought := at[id]; bought {
			look(pair, of.Days)
		}
		return nil
	})
	if errors.Is(err, fs.ErrNotExist) {
		err = nil
	}
	return known, err
}

// whole is [Nights.Whole], and all where a night does not remember what values rest on.
func (b *between) whole() (Line, bool) {
	if line, whole := b.nights.Whole(); whole {
		return line, true
	}
	for _, s := range []*publication.State{b.then, b.now} {
		if s.Counts(column.PurchaseDays) == nil || s.Numbers(column.ExpectedSpend) == nil || s.Counts(column.Returns) == nil {
			return Unexplained, true
		}
	}
	return 0, false
}

// addBoth adds customers of both nights.
func (b *between) addBoth(pairs [][2]int, known map[int]*revaluation.History) {
	linesOf := b.linesOf(pairs, known)
	var guard sync.Mutex
	concurrent.Ranges(len(pairs), b.workers, func(from, to int) {
		part := b.books.fresh()
		for i := from; i < to; i++ {
			l := linesOf(i)
			part.add(pairs[i][0], pairs[i][1], &l)
			if b.hear != nil {
				b.hear(pairs[i][0], pairs[i][1], &l)
			}
		}
		guard.Lock()
		defer guard.Unlock()
		b.books.join(part)
	})
}

// linesOf gives the lines of each of some customers.
func (b *between) linesOf(pairs [][2]int, known map[int]*revaluation.History) func(i int) Lines {
	if line, whole := b.whole(); whole {
		return func(i int) Lines { return wholeStep(line, valueIn(b.then, pairs[i][0]), valueIn(b.now, pairs[i][1])) }
	}
	all := make([]Customer, len(pairs))
	concurrent.Each(len(pairs), b.workers, func(i int) { all[i] = b.customer(pairs[i][0], pairs[i][1], known) })
	return b.nights.LinesOf(all, b.workers)
}

// customer is one by the places on both nights.
func (b *between) customer(then, now int, known map[int]*revaluation.History) Customer {
	id := b.now.ID[now]
	c := Customer{
		Was: revaluation.HistoryIn(b.then, then), Is: revaluation.HistoryIn(b.now, now),
		ValueWas: valueIn(b.then, then), ValueIs: valueIn(b.now, now),
		SpendWas: b.then.Numbers(column.ExpectedSpend)[then], SpendIs: b.now.Numbers(column.ExpectedSpend)[now],
		Kin: b.kin.Joined[id] || b.kin.Parted[id],
	}
	if c.Was != c.Is {
		c.Then = known[now]
		if c.Is.Last <= b.nights.Older.Day {
			c.Then = b.nights.KnownThen(c.Was, c.Is, nil)
		}
	}
	c.Stages(stageIn(b.then, then), stageIn(b.now, now))
	return c
}

// Standing is where a customer stands in the relationship.
type Standing struct{ Stage, Decline string }

func stageIn(s *publication.State, i int) (of Standing) {
	if stage := s.Texts(column.LifecycleStage); stage != nil {
		of.Stage = stage.At(i)
	}
	if decline := s.Texts(column.Decline); decline != nil {
		of.Decline = decline.At(i)
	}
	return of
}

// Stages says how the customer's relationship moved. A night whose stages are off tells of no
// decline, neither that one was there nor that one began.
func (c *Customer) Stages(was, is Standing) {
	if was.Stage == "" || is.Stage == "" {
		return
	}
	c.Declined = was.Stage == string(lifecycle.Declining)
	c.Declines = is.gone() && !was.gone()
}

// gone tells whether a customer is in a decline that is more than a watch.
func (s Standing) gone() bool {
	switch lifecycle.Decline(s.Decline) {
	case lifecycle.DeclineSudden, lifecycle.DeclineGradual, lifecycle.DeclineLost:
		return true
	case lifecycle.DeclineNone, lifecycle.DeclineWatch:
	}
	return false
}
