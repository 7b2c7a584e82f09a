package report

import "slices"

// Interests is the section about lost interests.
type Interests struct {
	Text   []string // a sentence for categories, and one for products
	Losing *Table   // where most customers lose interest; nil: nowhere
}

func (p *Page) addInterests(r *reading) error {
	c := r.night.Interests
	if c == nil {
		p.leaveOut(r.say.Say("report.off.interests"))
		return nil
	}
	in := &Interests{}
	for _, l := range c.Levels {
		in.Text = append(in.Text, r.say.SayOf("report.interests", l.Of, "lost", l.Lost, "switched", l.Switched, "tested", l.Tested, "recent_from", c.RecentFrom))
	}
	if len(c.Losing) > 0 {
		in.Losing = r.losingTable()
	}
	p.Interests = in
	return nil
}

func (r *reading) losingTable() *Table {
	say, label := r.say, r.labels("rfm")
	t := &Table{ID: "losing", Caption: say.Say("report.losing.caption")}
	t.Head = slices.Concat(texts(say.Say("report.col.category"), say.Say("report.col.segment")),
		numbers(say.Say("report.col.regulars"), say.Say("report.col.lost"), say.Say("report.col.lost_share")))
	for _, l := range r.night.Interests.Losing {
		t.Rows = append(t.Rows, rowOf(l.Category, label(l.Segment), count(l.Regulars), count(l.Lost), percent(l.Share)))
	}
	return t
}
