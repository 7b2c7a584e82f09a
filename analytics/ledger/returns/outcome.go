package returns

// Fate is what became of a return.
type Fate int

// The fates of returns.
const (
	Unmatched Fate = iota // it takes back nothing that is known
	Partly                // a part of its quantity takes back sales of the product
	ByProduct             // all of it takes back sales of the product
	ByOrder               // it names its order
)

// Fates tells what became of each return, by its place among the lines.
func Fates(lines []Line, pieces []Piece) map[int]Fate {
	fates, taken := map[int]Fate{}, map[int]int64{}
	for i, l := range lines {
		if l.IsReturn {
			fates[i] = Unmatched
		}
	}
	for _, p := range pieces {
		taken[p.Return] += p.Quantity
		switch {
		case p.ByOrder:
			fates[p.Return] = ByOrder
		case taken[p.Return] < lines[p.Return].Quantity:
			fates[p.Return] = Partly
		default:
			fates[p.Return] = ByProduct
		}
	}
	return fates
}

// Change is what matching moves from a return to the sale that it takes back, by order and
// direction. The changes of a customer add up to 0.
type Change struct {
	Source       int32
	Order        string
	IsReturn     bool
	Amount, Cost int64
	// Undone tells that nothing is left of a sale's order, so that it is no purchase;
	// UndoneDay is the day on which its last part came back.
	Undone    bool
	UndoneDay int32
}

// Changes sums pieces up by order. orderOf names the order of a line: lines without an id
// belong to one too.
func Changes(lines []Line, pieces []Piece, orderOf func(int) string) []Change {
	type key struct {
		order    order
		isReturn bool
	}
	at := map[key]int{}
	var all []Change
	var back []takenBack // beside all
	change := func(i int) int {
		l := lines[i]
		k := key{order{l.Source, orderOf(i)}, l.IsReturn}
		n, known := at[k]
		if !known {
			n = len(all)
			at[k] = n
			all = append(all, Change{Source: l.Source, Order: k.order.id, IsReturn: l.IsReturn})
			back = append(back, takenBack{lines: l.OrderLines, amount: l.OrderAmount, quantity: map[int]int64{}})
		}
		return n
	}
	for _, p := range pieces {
		from, to := change(p.Return), change(p.Sale)
		all[from].Amount -= p.Amount
		all[from].Cost -= p.Cost
		all[to].Amount += p.Amount
		all[to].Cost += p.Cost
		all[to].UndoneDay = max(all[to].UndoneDay, lines[p.Return].Day)
		back[to].add(p, lines[p.Sale])
	}
	for n := range all {
		all[n].Undone = !all[n].IsReturn && back[n].all()
	}
	return all
}

// Back is what came back of a sale's order on a day.
type Back struct {
	Source int32
	Order  string
	Day    int32 // of the return
	Amount int64 // 0 or below
}

// Backs sums pieces up by the order of the sale and the day of the return, so that one can
// tell what was known on a day. orderOf is as of [Changes].
func Backs(lines []Line, pieces []Piece, orderOf func(int) string) []Back {
	at := map[Back]int{}
	var all []Back
	for _, p := range pieces {
		back := Back{Source: lines[p.Sale].Source, Order: orderOf(p.Sale), Day: lines[p.Return].Day}
		n, known := at[back]
		if !known {
			n = len(all)
			at[back] = n
			all = append(all, back)
		}
		all[n].Amount += p.Amount
	}
	return all
}

// takenBack is what came back of an order.
type takenBack struct {
	lines, amount int64         // of the order, as Line.OrderLines and OrderAmount
	quantity      map[int]int64 // by line
	gone          int64         // lines of which nothing is left
	money         int64         // 0 or below
	asMoney       bool          // some of it is of the whole order
}

func (b *takenBack) add(p Piece, sale Line) {
	b.money += p.Amount
	if p.Quantity == 0 {
		b.asMoney = true
		return
	}
	if b.quantity[p.Sale] += p.Quantity; b.quantity[p.Sale] == sale.Quantity {
		b.gone++
	}
}

// all tells whether nothing is left: no line by its quantity or, where returns of the whole
// order have none, no money.
func (b *takenBack) all() bool {
	return b.gone > 0 && b.gone == b.lines || b.asMoney && b.amount > 0 && -b.money >= b.amount
}
