package report

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

// losingTable is where most customers lose interest: by category and, where there are any,
// by segment.
func (r *reading) losingTable() *Table {
	say, label := r.say, r.labels("rfm")
	segmented := len(groupsOf(r.night, "rfm")) > 0
	t := &Table{ID: "losing", Caption: say.Say("report.losing.caption"), Head: texts(say.Say("report.col.category"))}
	if segmented {
		t.Head = append(t.Head, texts(say.Say("report.col.segment"))...)
	}
	t.Head = append(t.Head, numbers(say.Say("report.col.regulars"), say.Say("report.col.lost"), say.Say("report.col.lost_share"))...)
	for _, l := range r.night.Interests.Losing {
		row := rowOf(l.Category)
		if segmented {
			row = append(row, rowOf(label(l.Segment))...)
		}
		t.Rows = append(t.Rows, append(row, rowOf(count(l.Regulars), count(l.Lost), percent(l.Share))...))
	}
	return t
}
