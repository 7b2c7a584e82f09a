package ledger

import (
	"strings"

	"clientele/analytics/engine/dialect"
	"clientele/analytics/job"
)

// contentOnCluster is contentOf for a row on a cluster. A cell without a value would leave the
// hash as it is, so that it is a character that no cell has.
func (b *batch) contentOnCluster() string {
	d := dialect.Spark
	if !b.compared {
		return "CAST(NULL AS " + d.Write("hashed") + ")"
	}
	var cells []string
	for _, i := range b.comparedColumns() {
		cell := b.cellOnCluster(i)
		switch kind := b.columns[i].kind; {
		case b.format == job.CSV || b.format == job.JSON:
			cell = plainCellSQL(d, cell)
		case kind == textKind || b.columns[i].folder:
		case isDecimal(kind) && !strings.HasSuffix(kind, ",0)"):
			cell = "trim(TRAILING '.' FROM trim(TRAILING '0' FROM CAST(" + cell + " AS STRING)))"
		case isTime(kind) && !strings.HasSuffix(kind, "ZONE"):
			cell = "replace(CAST(" + cell + " AS STRING), ' 00:00:00', '')"
		default:
			cell = TextSQL(cell, kind)
		}
		cells = append(cells, "coalesce("+cell+", char(0))")
	}
	return d.Write("hash", strings.Join(cells, ", "))
}

// plainCellSQL is plainCell.
func plainCellSQL(d dialect.Dialect, cell string) string {
	cell = d.Write("trimmed", cell, d.Literal(spaces+"\u0085\u2028\u2029"))
	return "CASE WHEN " + d.Write("full_match", cell, d.Literal(`[-0-9]*[.][-0-9]*0`)) + " THEN " + d.Write("replace_all", cell, d.Literal(`[.]?0+$`), "''") + " ELSE " + cell + " END"
}
