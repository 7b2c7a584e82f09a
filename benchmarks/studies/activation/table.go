package main

import (
	"fmt"
	"io"
	"strings"
)

// heading starts a table.
func heading(out io.Writer, title string, columns ...string) {
	fmt.Fprintf(out, "\n## %s\n\n| %s |\n|%s\n", title, strings.Join(columns, " | "), strings.Repeat("---|", len(columns)))
}

func line(out io.Writer, cells ...any) {
	text := make([]string, len(cells))
	for i, c := range cells {
		switch v := c.(type) {
		case float64:
			text[i] = fmt.Sprintf("%.3g", v)
		default:
			text[i] = fmt.Sprint(v)
		}
	}
	fmt.Fprintf(out, "| %s |\n", strings.Join(text, " | "))
}

// percent is a count as a share of another, in hundredths.
func percent(count, of int) string {
	return fmt.Sprintf("%.1f", 100*float64(count)/float64(max(of, 1)))
}
