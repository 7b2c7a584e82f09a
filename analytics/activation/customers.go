package activation

import (
	"context"
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"

	"clientele/analytics/job"
	"clientele/analytics/publication"
	"clientele/analytics/publication/column"
	"clientele/analytics/query"
	"clientele/internal/calendar"
	"clientele/segment/campaign"
)

// customers are those of a publication. Columns have one entry per customer, in order of
// id.
type customers struct {
	id      []string
	blocked []campaign.Reason
	reach   map[string][]bool // by channel
	meets   map[string][]bool // by campaign: who fulfils its condition

	stage, tier, segment []string  // empty where the job has none
	atRisk, chance       []string  // labels of value at risk and of p_next
	forecast             []float64 // of margin; NaN where there is no model
	lastDay              []calendar.Day
}

// Customers answers who fulfils a SQL condition: the ids of them, ascending.
type Customers interface {
	Where(ctx context.Context, condition string) ([]string, error)
}

// readCustomers reads the customers of a publication as the job's campaigns need them.
func readCustomers(ctx context.Context, p *publication.Publication, of Customers, a *job.Activation) (*customers, error) {
	state, err := p.ReadStateColumns(column.LastDay, column.LifecycleStage, column.Tier, column.Segment, column.FutureValue)
	if err != nil {
		return nil, err
	}
	c := &customers{
		id: state.ID, lastDay: state.Days(column.LastDay),
		stage:   textsOr(state.Texts(column.LifecycleStage), len(state.ID)),
		tier:    textsOr(state.Texts(column.Tier), len(state.ID)),
		segment: textsOr(state.Texts(column.Segment), len(state.ID)),
		reach:   map[string][]bool{}, meets: map[string][]bool{},
	}
	if c.forecast = state.Numbers(column.FutureValue); c.forecast == nil {
		c.forecast = slices.Repeat([]float64{math.NaN()}, len(c.id))
	}
	if c.blocked, err = blockedOf(p, c.id); err != nil {
		return nil, err
	}
	if c.atRisk, err = labelsOf(p, c.id, column.ValueAtRisk, AmountLabel); err != nil {
		return nil, err
	}
	if c.chance, err = labelsOf(p, c.id, column.PNext, ChanceLabel); err != nil {
		return nil, err
	}
	return c, c.ask(ctx, of, a)
}

// textsOr is a column, or one of empty texts where the publication has none.
func textsOr(texts *publication.TextColumn, customers int) []string {
	if texts == nil {
		return make([]string, customers)
	}
	return texts.Cells()
}

// blockedOf says who is contacted by nobody, as the column contactable has it.
func blockedOf(p *publication.Publication, ids []string) ([]campaign.Reason, error) {
	blocked := make([]campaign.Reason, len(ids))
	var unknown error
	err := p.EachCustomerTexts([]string{column.CustomerID.Name, column.Contactable.Name}, func(cells []string) {
		if cells[1] == contactable {
			return
		}
		i, known := slices.BinarySearch(ids, cells[0])
		if !known {
			unknown = errOtherCustomers
			return
		}
		blocked[i] = campaign.Reason(strings.Clone(cells[1]))
	})
	if errors.Is(err, publication.ErrNoColumn) && p.Consent == nil {
		return blocked, nil // everybody may be contacted
	}
	return blocked, errors.Join(err, unknown)
}

// contactable is what the column of this name says of who may be contacted.
const contactable = "yes"

var errOtherCustomers = errors.New("the customers of the publication are others than those of " + publication.StateFile)

// ask asks who fulfils the conditions of the job.
func (c *customers) ask(ctx context.Context, of Customers, a *job.Activation) error {
	for _, condition := range a.Conditions() {
		met, err := c.where(ctx, of, condition)
		if err != nil {
			return err
		}
		if condition.Channel != "" {
			c.reach[condition.Channel] = met
		} else {
			c.meets[condition.Campaign] = met
		}
	}
	return nil
}

// where asks one condition. That it fits the columns was checked before anything was read;
// what it does with their values shows only now.
func (c *customers) where(ctx context.Context, of Customers, condition job.Condition) ([]bool, error) {
	met := make([]bool, len(c.id))
	ids, err := of.Where(ctx, condition.SQL)
	if wrong, is := errors.AsType[*query.ConditionError](err); is {
		return nil, job.Errors{{At: condition.At, Key: condition.Key, Message: fmt.Sprintf("%q cannot be told of all customers: %s", condition.SQL, wrong.Message)}}
	}
	if err != nil {
		return nil, err
	}
	for _, id := range ids {
		i, known := slices.BinarySearch(c.id, id)
		if !known {
			return nil, errOtherCustomers
		}
		met[i] = true
	}
	return met, nil
}

// strata are the labels by which effects are told apart.
func (c *customers) strata() [][]string {
	return [][]string{c.stage, c.tier, c.segment, c.atRisk, c.chance}
}

// night is what package campaign is told of tonight.
func (c *customers) night(day calendar.Day, sent []campaign.Contact, uplift map[string][]float64) campaign.Night {
	return campaign.Night{
		Day: day, ID: c.id, Blocked: c.blocked, Reach: c.reach, Audience: c.meets,
		Uplift: uplift, Forecast: c.forecast, Strata: c.strata(), Sent: sent,
	}
}

// at is the place of a customer.
func (c *customers) at(id string) int {
	i, _ := slices.BinarySearch(c.id, id)
	return i
}
