package publication

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"math"
	"strings"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"

	"clientele/analytics/publish"
	"clientele/internal/calendar"
	"clientele/segment/campaign"
)

// assignments are the rows of assignments.parquet.
var assignments = rowFile[campaign.Assignment]{
	name: AssignmentsFile,
	schema: arrow.NewSchema([]arrow.Field{
		{Name: "campaign", Type: arrow.BinaryTypes.String},
		{Name: "customer_id", Type: arrow.BinaryTypes.String},
		{Name: "arm", Type: arrow.BinaryTypes.String},
		{Name: "since", Type: arrow.FixedWidthTypes.Date32},
		{Name: "share", Type: arrow.PrimitiveTypes.Float64},
		{Name: "explored", Type: arrow.FixedWidthTypes.Boolean},
		{Name: "forecast", Type: arrow.PrimitiveTypes.Float64, Nullable: true},
		{Name: "strata", Type: arrow.ListOfNonNullable(arrow.BinaryTypes.String)},
		{Name: "entries", Type: arrow.PrimitiveTypes.Int64},
		{Name: "in_audience", Type: arrow.FixedWidthTypes.Boolean},
		{Name: "parted", Type: arrow.FixedWidthTypes.Boolean},
	}, nil),
	add: addAssignment, of: assignmentsOf,
	compare: func(a, b campaign.Assignment) int {
		return cmp.Or(cmp.Compare(a.Campaign, b.Campaign), cmp.Compare(a.Customer, b.Customer))
	},
}

func addAssignment(to *array.RecordBuilder, a campaign.Assignment) {
	to.Field(0).(*array.StringBuilder).Append(a.Campaign)
	to.Field(1).(*array.StringBuilder).Append(a.Customer)
	to.Field(2).(*array.StringBuilder).Append(string(a.Arm))
	to.Field(3).(*array.Date32Builder).Append(arrow.Date32(a.Since))
	to.Field(4).(*array.Float64Builder).Append(a.Share)
	to.Field(5).(*array.BooleanBuilder).Append(a.Explored)
	if forecast := to.Field(6).(*array.Float64Builder); math.IsNaN(a.Forecast) {
		forecast.AppendNull()
	} else {
		forecast.Append(a.Forecast)
	}
	strata := to.Field(7).(*array.ListBuilder)
	strata.Append(true)
	strata.ValueBuilder().(*array.StringBuilder).AppendValues(a.Strata, nil)
	to.Field(8).(*array.Int64Builder).Append(int64(a.Entries))
	to.Field(9).(*array.BooleanBuilder).Append(a.In)
	to.Field(10).(*array.BooleanBuilder).Append(a.Parted)
}

func assignmentsOf(b arrow.RecordBatch) func(i int) (campaign.Assignment, error) {
	campaigns, customers, arms := textsOf(b, 0), textsOf(b, 1), textsOf(b, 2)
	since, share, explored := b.Column(3).(*array.Date32), b.Column(4).(*array.Float64), b.Column(5).(*array.Boolean)
	forecast, strata := b.Column(6).(*array.Float64), b.Column(7).(*array.List)
	labels := strata.ListValues().(*array.String)
	entries, in, parted := b.Column(8).(*array.Int64), b.Column(9).(*array.Boolean), b.Column(10).(*array.Boolean)
	return func(i int) (campaign.Assignment, error) {
		a := campaign.Assignment{
			Campaign: campaigns(i), Customer: customers(i), Arm: campaign.Arm(arms(i)), Since: calendar.Day(since.Value(i)), Share: share.Value(i),
			Explored: explored.Value(i), Forecast: math.NaN(), Entries: int(entries.Value(i)), In: in.Value(i), Parted: parted.Value(i),
		}
		if !forecast.IsNull(i) {
			a.Forecast = forecast.Value(i)
		}
		from, to := strata.ValueOffsets(i)
		for k := from; k < to; k++ {
			a.Strata = append(a.Strata, strings.Clone(labels.Value(int(k))))
		}
		switch a.Arm {
		case campaign.Treated, campaign.Control, campaign.Both:
		default:
			return a, fmt.Errorf("there is no arm %q", a.Arm)
		}
		if a.Share < 0 || a.Share > 1 || a.Entries < 0 {
			return a, errors.New("its share or its entries cannot be")
		}
		return a, nil
	}
}

// contacts are the rows of contacts.parquet. Two are the same where two customers who were
// contacted on one day turned out to be one person: both messages were sent.
var contacts = rowFile[campaign.Contact]{
	name: ContactsFile, repeats: true,
	schema: arrow.NewSchema([]arrow.Field{
		{Name: "day", Type: arrow.FixedWidthTypes.Date32},
		{Name: "customer_id", Type: arrow.BinaryTypes.String},
		{Name: "channel", Type: arrow.BinaryTypes.String},
		{Name: "campaign", Type: arrow.BinaryTypes.String},
		{Name: "parted", Type: arrow.FixedWidthTypes.Boolean},
	}, nil),
	add: func(to *array.RecordBuilder, c campaign.Contact) {
		to.Field(0).(*array.Date32Builder).Append(arrow.Date32(c.Day))
		to.Field(1).(*array.StringBuilder).Append(c.Customer)
		to.Field(2).(*array.StringBuilder).Append(c.Channel)
		to.Field(3).(*array.StringBuilder).Append(c.Campaign)
		to.Field(4).(*array.BooleanBuilder).Append(c.Parted)
	},
	of: func(b arrow.RecordBatch) func(i int) (campaign.Contact, error) {
		day, customers, channels, campaigns := b.Column(0).(*array.Date32), textsOf(b, 1), textsOf(b, 2), textsOf(b, 3)
		parted := b.Column(4).(*array.Boolean)
		return func(i int) (campaign.Contact, error) {
			return campaign.Contact{Day: calendar.Day(day.Value(i)), Customer: customers(i), Channel: channels(i), Campaign: campaigns(i), Parted: parted.Value(i)}, nil
		}
	},
	compare: CompareContacts,
}

// CompareContacts puts contacts in the order of contacts.parquet.
func CompareContacts(a, b campaign.Contact) int {
	return cmp.Or(
		cmp.Compare(a.Day, b.Day), cmp.Compare(a.Customer, b.Customer), cmp.Compare(a.Channel, b.Channel), cmp.Compare(a.Campaign, b.Campaign),
		cmp.Compare(boolean(a.Parted), boolean(b.Parted)),
	)
}

// boolean is 1 of what is so.
func boolean(is bool) int {
	if is {
		return 1
	}
	return 0
}

// responses are the rows of responses.parquet.
var responses = rowFile[Response]{
	name: ResponsesFile,
	schema: arrow.NewSchema([]arrow.Field{
		{Name: "time", Type: &arrow.TimestampType{Unit: arrow.Microsecond}},
		{Name: "id", Type: arrow.BinaryTypes.String},
		{Name: "customer_id", Type: arrow.BinaryTypes.String},
		{Name: "campaign", Type: arrow.BinaryTypes.String},
		{Name: "channel", Type: arrow.BinaryTypes.String},
		{Name: "event", Type: arrow.BinaryTypes.String},
	}, nil),
	add: func(to *array.RecordBuilder, r Response) {
		to.Field(0).(*array.TimestampBuilder).Append(arrow.Timestamp(r.Time))
		for i, text := range []string{r.ID, r.Customer, r.Campaign, r.Channel, string(r.Event)} {
			to.Field(1 + i).(*array.StringBuilder).Append(text)
		}
	},
	of: func(b arrow.RecordBatch) func(i int) (Response, error) {
		time, ids, customers := b.Column(0).(*array.Timestamp), textsOf(b, 1), textsOf(b, 2)
		campaigns, channels, events := textsOf(b, 3), textsOf(b, 4), textsOf(b, 5)
		return func(i int) (Response, error) {
			r := Response{Time: int64(time.Value(i)), ID: ids(i), Customer: customers(i), Campaign: campaigns(i), Channel: channels(i), Event: Event(events(i))}
			if !r.Event.isKnown() {
				return r, fmt.Errorf("there is no event %q", r.Event)
			}
			return r, nil
		}
	},
	compare: CompareResponses,
}

// textsOf gives the texts of a column. Names repeat over many rows: of each, one copy serves
// all that stand below each other.
func textsOf(b arrow.RecordBatch, column int) func(i int) string {
	cells, last := b.Column(column).(*array.String), ""
	return func(i int) string {
		if text := cells.Value(i); text != last {
			last = strings.Clone(text)
		}
		return last
	}
}

// WriteAssignments writes assignments.parquet and gives the number of rows.
func WriteAssignments(w io.Writer, all []campaign.Assignment) (int64, error) {
	return assignments.write(w, all)
}

// WriteContacts writes contacts.parquet and gives the number of rows.
func WriteContacts(w io.Writer, all []campaign.Contact) (int64, error) {
	return contacts.write(w, all)
}

// WriteResponses writes responses.parquet and gives the number of rows. They stand in the
// order of [CompareResponses], each once.
func WriteResponses(w io.Writer, all []Response) (int64, error) { return responses.write(w, all) }

// ReadMemory reads what a publication remembers of experiments and contacts: nothing where
// the job had no activation. The error is a [Damage].
func (p *Publication) ReadMemory() (m campaign.Memory, err error) {
	if m.Assignments, err = assignments.read(p); err != nil {
		return m, err
	}
	if m.Planned, err = contacts.read(p); err != nil {
		return m, err
	}
	m.Forgotten = p.forgottenContacts()
	if p.Activation != nil && p.Activation.HoldoutSince != "" {
		if m.HoldoutSince, err = calendar.Parse(p.Activation.HoldoutSince); err != nil {
			return m, p.Damaged(publish.ManifestFile, fmt.Errorf("activation.holdout_since: %w", err))
		}
	}
	return m, nil
}

// ReadMemoryOf reads what a publication remembers of one customer's experiments and contacts.
// The error is a [Damage].
func (p *Publication) ReadMemoryOf(customer string) (m campaign.Memory, err error) {
	if m.Assignments, err = assignments.readThose(p, func(a campaign.Assignment) bool { return a.Customer == customer }); err != nil {
		return m, err
	}
	m.Planned, err = contacts.readThose(p, func(c campaign.Contact) bool { return c.Customer == customer })
	return m, err
}

// forgottenContacts are those that a campaign's lists have planned, too long ago to matter.
func (p *Publication) forgottenContacts() map[string]int {
	if p.Activation == nil {
		return nil
	}
	var all map[string]int
	for _, c := range p.Activation.Campaigns {
		if c.ForgottenContacts == 0 {
			continue
		}
		if all == nil {
			all = map[string]int{}
		}
		all[c.Name] = c.ForgottenContacts
	}
	return all
}

// ReadResponses reads what a publication remembers of responses, in their order: nothing
// where the job read none. The error is a [Damage].
func (p *Publication) ReadResponses() ([]Response, error) { return responses.read(p) }
