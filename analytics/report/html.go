package report

import (
	"embed"
	"html/template"
	"io"
	"strings"

	"clientele/internal/chart"
)

//go:embed templates/*.html templates/style.css
var files embed.FS

// layout is the page as templates, one of each section. A template that does not read is a
// fault of the program, which its tests find.
var layout = template.Must(template.New("page.html").Funcs((&Page{}).functions("")).ParseFS(files, "templates/*.html"))

// functions are what templates may call.
func (p *Page) functions(style template.CSS) template.FuncMap {
	return template.FuncMap{
		"say":     p.say.Say,
		"sayOf":   p.say.SayOf,
		"style":   func() template.CSS { return style },
		"anchor":  func(id, title string) Section { return Section{id, title} },
		"picture": func(name string) *Picture { return p.Pictures[name] },
	}
}

// Section is the beginning of a section of the page.
type Section struct{ ID, Title string }

// write lays the page out.
func (p *Page) write(w io.Writer) error {
	css, err := files.ReadFile("templates/style.css")
	if err != nil {
		return err
	}
	t, err := layout.Clone()
	if err != nil {
		return err
	}
	return t.Funcs(p.functions(template.CSS(smaller(string(css))+chart.Style()))).Execute(w, p) //nolint:gosec // the program's own style
}

// smaller leaves out of a style sheet what only its authors read.
func smaller(css string) string {
	var b strings.Builder
	for {
		before, rest, found := strings.Cut(css, "/*")
		b.WriteString(before)
		if !found {
			break
		}
		_, css, _ = strings.Cut(rest, "*/")
	}
	lines := strings.Fields(b.String())
	return strings.Join(lines, " ")
}

// Sections are the parts of the page that are there, in their order.
func (p *Page) Sections() []Section {
	all := []struct {
		there bool
		Section
	}{
		{p.Worth != nil, Section{"worth", p.say.Say("report.worth.title")}},
		{p.Slipping != nil, Section{"slipping", p.say.Say("report.slipping.title")}},
		{p.Stages != nil, Section{"stages", p.say.Say("report.stages.title")}},
		{p.Segments != nil, Section{"segments", p.say.Say("report.segments.title")}},
		{p.Tiers != nil, Section{"tiers", p.say.Say("report.tiers.title")}},
		{p.Campaigns != nil, Section{"campaigns", p.say.Say("report.campaigns.title")}},
		{p.Revenue != nil, Section{"revenue", p.say.Say("report.revenue.title")}},
		{p.Accounts != nil, Section{"accounts", p.say.Say("hierarchy.title")}},
		{p.Cohorts != nil, Section{"cohorts", p.say.Say("report.cohorts.title")}},
		{p.Interests != nil, Section{"interests", p.say.Say("report.interests.title")}},
		{p.Model != nil, Section{"model", p.say.Say("report.model.title")}},
		{true, Section{"books", p.say.Say("report.books.title")}},
	}
	var there []Section
	for _, s := range all {
		if s.there {
			there = append(there, s.Section)
		}
	}
	return there
}
