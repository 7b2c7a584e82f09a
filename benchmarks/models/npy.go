package main

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"os"
)

// npyMagic begins a file of NumPy's format, version 1.0: then come the length
// of a header, the header, and the numbers.
//
// Source: https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html
const npyMagic = "\x93NUMPY\x01\x00"

// npyShape is the header's text: little-endian float64 in rows, each a column
// of the table.
const npyShape = "{'descr': '<f8', 'fortran_order': False, 'shape': (%d, %d), }"

// writeColumns writes columns of one length, in NumPy's format, as the rows of
// a matrix. Both programs read it faster than they could parse any text.
func writeColumns(path string, columns ...[]float64) (err error) {
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	header := fmt.Appendf(nil, npyShape, len(columns), len(columns[0]))
	// The numbers start at a multiple of 64 bytes, after a line feed.
	const lengthBytes, alignment = 2, 64
	for (len(npyMagic)+lengthBytes+len(header)+1)%alignment != 0 {
		header = append(header, ' ')
	}
	header = append(header, '\n')

	start := binary.LittleEndian.AppendUint16([]byte(npyMagic), uint16(len(header)))
	w := bufio.NewWriter(f)
	if _, err := w.Write(append(start, header...)); err != nil {
		return err
	}
	for _, c := range columns {
		if err := binary.Write(w, binary.LittleEndian, c); err != nil {
			return err
		}
	}
	return w.Flush()
}

// readColumns reads what writeColumns or NumPy wrote.
func readColumns(path string) ([][]float64, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	r := bufio.NewReader(f)
	start := make([]byte, len(npyMagic)+2)
	if _, err := io.ReadFull(r, start); err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	header := make([]byte, binary.LittleEndian.Uint16(start[len(npyMagic):]))
	if _, err := io.ReadFull(r, header); err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	var columns, rows int
	if _, err := fmt.Fscanf(bytes.NewReader(header), npyShape, &columns, &rows); !bytes.HasPrefix(start, []byte(npyMagic)) || err != nil {
		return nil, fmt.Errorf("%s: not a table of float64 columns: its header is %q", path, header)
	}
	table := make([][]float64, columns)
	for i := range table {
		table[i] = make([]float64, rows)
		if err := binary.Read(r, binary.LittleEndian, table[i]); err != nil {
			return nil, fmt.Errorf("%s: column %d: %w", path, i, err)
		}
	}
	return table, nil
}
