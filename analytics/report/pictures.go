package report

import (
	"bytes"
	"errors"
	"html/template"

	"clientele/analytics/pictures"
	"clientele/internal/chart"
)

// Picture is a picture of the page, with the table behind it.
type Picture struct {
	Title, Caption string
	// Desk and Phone are the same picture for a wide page and for a narrow one.
	Desk, Phone template.HTML
	Table       Table
}

// shownPictures are those of the page. A picture that the publication cannot have is left
// out: the section says what it needs.
var shownPictures = []string{
	pictures.EquityBridge, pictures.ValueCurve, pictures.Pyramid,
	pictures.StageFlow, pictures.Declines, pictures.EarlierDeclines,
	pictures.RFGrid, pictures.Migration,
	pictures.TierFlow, pictures.TierMoves,
	pictures.CohortCustomers, pictures.CohortMoney, pictures.Payback,
	pictures.LostInterests,
	pictures.Tracking, pictures.ConditionalExpectation, pictures.Deciles, pictures.Coverage, pictures.Reliability, pictures.MoneyForecasts,
}

func (p *Page) addPictures(r *reading) error {
	album, err := pictures.Open(r.night, r.before, pictures.Options{Language: r.options.Language})
	if err != nil {
		return err
	}
	p.Pictures = map[string]*Picture{}
	for _, name := range shownPictures {
		drawn, err := album.Picture(name)
		if lacks(err) {
			continue
		}
		if err != nil {
			return err
		}
		if p.Pictures[name], err = pictureOf(drawn); err != nil {
			return err
		}
	}
	return nil
}

// lacks tells that a publication cannot have a picture.
func lacks(err error) bool {
	_, missing := errors.AsType[*pictures.Missing](err)
	return missing
}

func pictureOf(drawn pictures.Picture) (*Picture, error) {
	p := &Picture{Title: drawn.Figure.Title, Caption: drawn.Caption, Table: Table{ID: "t-" + drawn.Name, Caption: drawn.Figure.Title}}
	for _, c := range drawn.Table.Columns {
		head := Head{Text: c.Title}
		if c.Number {
			head.Kind = Number
		}
		p.Table.Head = append(p.Table.Head, head)
	}
	for _, cells := range drawn.Table.Rows {
		row := make(Row, len(cells))
		for i, c := range cells {
			row[i].Text = c.Text
		}
		p.Table.Rows = append(p.Table.Rows, row)
	}
	var err error
	if p.Desk, err = inline(drawn.Figure, chart.Desk, drawn.Name+"-desk"); err != nil {
		return nil, err
	}
	p.Phone, err = inline(drawn.Figure, chart.Phone, drawn.Name+"-phone")
	return p, err
}

func inline(f chart.Figure, size chart.Size, id string) (template.HTML, error) {
	var svg bytes.Buffer
	err := chart.WriteInline(&svg, f, size, id)
	return template.HTML(svg.String()), err //nolint:gosec // chart escapes the texts of a figure
}
