// Package workbook reads the rows of a sheet in an Excel workbook (.xlsx), one
// at a time, as text:
//
//	book.go     the parts of a workbook: its sheets, texts and styles
//	styles.go   which cells are dates, by how their numbers are shown
//	serial.go   the number of a day -> the day
//	rows.go     a sheet -> rows of cells
//	count.go    how many rows a sheet has, counted by something else
//
// It stands beside the libraries for workbooks because of what an export needs
// of them together: the value of a cell as it is stored and not as it is shown,
// days by the format of their cells, and no more than a row in memory.
package workbook
