#include <xgrad/framework/backends/gemm_tile.hpp>
#include <xgrad/framework/backends/gemm_total.hpp>
#include <xgrad/framework/backends/ordered_gemm.hpp>
#include <xgrad/framework/backends/thread_memory.hpp>
#include <xgrad/framework/backends/transpose_square.hpp>

#include <algorithm>
#include <type_traits>

namespace xgrad::ordered_gemm {
namespace {

// Terms that a tile sums up before the next tile begins: as many as keep a panel of the right operand in the
// second-level cache.
constexpr std::int64_t block_terms = 2 * chain_terms;

// Columns that are packed together on the way, and rows whose totals wait for the next block of terms.
constexpr std::int64_t strip_columns = 128;
constexpr std::int64_t strip_rows = 224;

// With fewer rows than this, packing an operand takes longer than it saves.
constexpr std::int64_t fewest_rows_to_pack = 24;

// From this many terms on, rearranging what a tile reads or writes takes little time beside the products.
constexpr std::int64_t fewest_terms = 64;

// The largest right operand, in bytes, that stays in cache from one block of rows to the next.
constexpr std::int64_t most_bytes_read_again = 1 << 21;

// Bytes over which an operand may be spread to be read where it is: what comes from memory, and not from a cache, comes
// sooner when the pieces of its rows are longer than a panel is wide.
constexpr std::int64_t most_bytes_in_place = 1 << 24;

/// Tags for `thread_memory`: each names a buffer of its own.
struct Totals;
struct Panels;
struct LeftPanel;

template <class T>
EqualSteps<T> steps_from(const MatrixView<const T>& left, std::int64_t row, std::int64_t term) {
  return {left.at(row, term), left.row_stride, left.column_stride};
}

template <class T>
ListedSteps<T> steps_from(const OffsetMatrix<T>& left, std::int64_t row, std::int64_t term) {
  return {left.data, left.row_offsets + row, left.column_offsets + term};
}

/// As many columns of the right operand as a tile has, from some term on.
template <class T>
struct Panel {
  const T* data;
  std::int64_t row_stride;
};

/// Computes a panel of the product over the terms [first_term, last_term), tile by tile.
template <class T, class Left>
class PanelProduct {
 public:
  using Size = TileSize<T>;

  PanelProduct(const Left& left, const MatrixView<T>& result) : left_(left), result_(result) {
    vectors_ = result.columns > Size::lanes ? Size::vectors : 1;
    writes_rows_ = result.column_stride == 1 && result.columns == vectors_ * Size::lanes;
  }

  /// `panel` begins at the first term. `totals` holds those of the terms before, for each element of the result, and is
  /// given back those of the terms so far; none when all terms are asked for at once.
  void run(const Panel<T>& panel, std::int64_t first_term, std::int64_t last_term, Total<T>* totals) const {
    // Tiles of almost equal height: the last one would otherwise be a remainder that leaves registers empty.
    const auto tiles = (result_.rows + Size::rows - 1) / Size::rows;
    for (std::int64_t tile = 0; tile < tiles; ++tile) {
      const auto row = tile * result_.rows / tiles;
      const auto rows = (tile + 1) * result_.rows / tiles - row;
      if (left_.columns <= 2 * chain_terms) {
        run_few_chains(panel, row, rows);
      } else {
        run_chains(panel, row, rows, first_term, last_term, totals ? totals + row * Size::columns : nullptr);
      }
    }
  }

 private:
  static constexpr std::int64_t tile_elements = Size::rows * Size::columns;

  // The sum of two chains is the same whether it is rounded once, from twice the precision, or made in their own.
  void run_few_chains(const Panel<T>& panel, std::int64_t row, std::int64_t rows) const {
    if (writes_rows_) {
      sum_few_chains(panel, row, rows, result_.at(row, 0), result_.row_stride);
      return;
    }
    alignas(64) T tile[tile_elements];
    sum_few_chains(panel, row, rows, tile, Size::columns);
    write(tile, row, rows);
  }

  void sum_few_chains(Panel<T> panel, std::int64_t row, std::int64_t rows, T* to, std::int64_t to_stride) const {
    std::int64_t term = 0;
    do {
      sum(panel, row, rows, term, std::min(chain_terms, left_.columns - term), to, to_stride, term > 0);
      panel.data += chain_terms * panel.row_stride;
      term += chain_terms;
    } while (term < left_.columns);
  }

  void run_chains(Panel<T> panel, std::int64_t row, std::int64_t rows, std::int64_t first_term, std::int64_t last_term,
                  Total<T>* totals) const {
    alignas(64) T tile[tile_elements];
    alignas(64) Total<T> own_totals[tile_elements];
    const auto elements = rows * Size::columns;
    if (!totals) totals = own_totals;
    if (first_term == 0) std::fill_n(totals, elements, Total<T>{});
    for (auto term = first_term; term < last_term; term += chain_terms) {
      sum(panel, row, rows, term, std::min(chain_terms, last_term - term), tile, Size::columns, false);
      for (std::int64_t element = 0; element < elements; ++element) totals[element].add(tile[element]);
      panel.data += chain_terms * panel.row_stride;
    }
    if (last_term == left_.columns) {
      for (std::int64_t element = 0; element < elements; ++element) tile[element] = totals[element].rounded();
      write(tile, row, rows);
    }
  }

  void sum(const Panel<T>& panel, std::int64_t row, std::int64_t rows, std::int64_t first_term, std::int64_t terms,
           T* to, std::int64_t to_stride, bool adds) const {
    const auto steps = steps_from(left_, row, first_term);
    chain_kernel<T, std::remove_const_t<decltype(steps)>>(rows, vectors_)(steps, panel.data, panel.row_stride, terms,
                                                                          to, to_stride, adds);
  }

  void write(const T* tile, std::int64_t row, std::int64_t rows) const {
    constexpr auto side = transposed_side<T>;
    const auto columns = result_.columns;
    if (result_.row_stride == 1 && rows >= side && columns % side == 0) {
      // The last squares overlap those before them.
      for (std::int64_t i = 0; i < rows; i += side) {
        const auto first = std::min(i, rows - side);
        for (std::int64_t column = 0; column < columns; column += side) {
          transpose_square(tile + first * Size::columns + column, Size::columns, result_.at(row + first, column),
                           result_.column_stride);
        }
      }
      return;
    }
    for (std::int64_t i = 0; i < rows; ++i, tile += Size::columns) {
      T* to = result_.at(row + i, 0);
      for (std::int64_t column = 0; column < columns; ++column) to[column * result_.column_stride] = tile[column];
    }
  }

  Left left_;
  MatrixView<T> result_;
  std::int64_t vectors_;
  bool writes_rows_;
};

/// Calls prepare(first column, columns, first term, terms) for parts of the right operand; it returns a function that
/// gives the panel at a column of the part.
template <class T, class Left, class Prepare>
void multiply_parts(const Left& left, const MatrixView<T>& result, Prepare prepare) {
  constexpr auto width = TileSize<T>::columns;
  const auto inner = left.columns;
  const bool is_one_block = inner <= block_terms;
  auto* totals = is_one_block ? nullptr : thread_memory<Totals, Total<T>>(strip_rows * strip_columns);
  const auto rows_at_a_time = is_one_block ? result.rows : strip_rows;
  for (std::int64_t row = 0; row < result.rows; row += rows_at_a_time) {
    const auto rows = std::min(rows_at_a_time, result.rows - row);
    const auto left_rows = left.row_range(row, rows);
    const auto result_rows = result.row_range(row, rows);
    for (std::int64_t strip = 0; strip < result.columns; strip += strip_columns) {
      const auto columns = std::min(strip_columns, result.columns - strip);
      for (std::int64_t term = 0; term < inner; term += block_terms) {
        const auto last_term = std::min(term + block_terms, inner);
        const auto panel_at = prepare(strip, columns, term, last_term - term);
        for (std::int64_t column = 0; column < columns; column += width) {
          const auto panel_result = result_rows.column_range(strip + column, std::min(width, columns - column));
          PanelProduct<T, Left>(left_rows, panel_result)
              .run(panel_at(column), term, last_term, totals ? totals + rows * column : nullptr);
        }
      }
    }
  }
}

template <class T>
void multiply_and_pack(const MatrixView<const T>& left, const MatrixView<const T>& right, const MatrixView<T>& result) {
  constexpr auto width = TileSize<T>::columns;
  // An operand that lies like a panel, or of which each element is needed a few times only, is read where it is, up to
  // its last whole panel.
  const bool is_cached = right.rows * right.row_stride * static_cast<std::int64_t>(sizeof(T)) <= most_bytes_in_place;
  const bool reads_in_place =
      right.column_stride == 1 && (right.row_stride == width || (result.rows < fewest_rows_to_pack && is_cached));
  const auto part_columns = std::min(strip_columns, result.columns);
  auto* packed = thread_memory<Panels, T>(packed_elements<T>(std::min(block_terms, left.columns), part_columns));
  multiply_parts(left, result,
                 [=](std::int64_t strip, std::int64_t columns, std::int64_t first_term, std::int64_t terms) {
                   const auto part = right.row_range(first_term, terms).column_range(strip, columns);
                   const auto first_packed = reads_in_place ? columns / width : 0;
                   pack_panels(part, first_packed, (columns + width - 1) / width, packed);
                   return [=](std::int64_t column) {
                     const auto panel = column / width;
                     return panel < first_packed ? Panel<T>{part.at(0, column), part.row_stride}
                                                 : Panel<T>{packed + (panel - first_packed) * width * terms, width};
                   };
                 });
}

// A tile of few registers reads an element of the left operand again after few multiplications. Where the terms lie
// apart, each in a cache line of its own, it is then the second-level cache that sets the pace: the rows of a tile are
// brought together first, if that is soon done beside the columns that read them and they fit that cache.
template <class T>
bool packs_left(const MatrixView<const T>& left, const MatrixView<T>& result) {
  return TileSize<T>::registers < 32 && left.row_stride == 1 && left.column_stride != 1 &&
         left.columns >= fewest_terms && left.columns <= 4 * block_terms && result.columns >= 4 * TileSize<T>::columns;
}

template <class T>
MatrixView<const T> pack_left(const MatrixView<const T>& left, T* to) {
  constexpr auto rows = TileSize<T>::rows;
  for (std::int64_t term = 0; term < left.columns; ++term) {
    // A known number of elements is a few moves.
    if (left.rows == rows) {
      std::copy_n(left.at(0, term), rows, to + term * rows);
    } else {
      std::copy_n(left.at(0, term), left.rows, to + term * rows);
    }
  }
  return {to, left.rows, left.columns, 1, rows};
}

template <class T, class Left>
void multiply_panels(const Left& left, const T* packed, const MatrixView<T>& result) {
  constexpr auto width = TileSize<T>::columns;
  multiply_parts(left, result, [=](std::int64_t strip, std::int64_t, std::int64_t first_term, std::int64_t) {
    return [=](std::int64_t column) {
      return Panel<T>{packed + (strip + column) * left.columns + first_term * width, width};
    };
  });
}

}  // namespace

template <class T>
bool reads_right_in_place(std::int64_t rows, std::int64_t inner, std::int64_t columns) {
  return TileSize<T>::registers == 32 && rows >= fewest_rows_to_pack && columns >= 4 * rows && inner >= fewest_terms &&
         inner <= block_terms && inner * columns * static_cast<std::int64_t>(sizeof(T)) <= most_bytes_read_again;
}

template <class T>
void multiply_packed(const MatrixView<const T>& left, const T* packed, const MatrixView<T>& result) {
  if (packs_left(left, result)) {
    auto* left_panel = thread_memory<LeftPanel, T>(left.columns * TileSize<T>::rows);
    for (std::int64_t row = 0; row < left.rows; row += TileSize<T>::rows) {
      const auto rows = std::min(TileSize<T>::rows, left.rows - row);
      multiply_panels(pack_left(left.row_range(row, rows), left_panel), packed, result.row_range(row, rows));
    }
    return;
  }
  multiply_panels(left, packed, result);
}

template <class T>
void multiply_packed(const OffsetMatrix<T>& left, const T* packed, const MatrixView<T>& result) {
  multiply_panels(left, packed, result);
}

template <class T>
void multiply(const MatrixView<const T>& left, const MatrixView<const T>& right, const MatrixView<T>& result) {
  // Vectors are filled by columns: a product with few of them is computed as its transpose, which has the same bits,
  // and reads a left operand whose rows lie side by side as they lie.
  const bool is_narrow = result.columns * 4 <= TileSize<T>::lanes ||
                         (result.columns < TileSize<T>::columns && left.row_stride == 1 && left.column_stride != 1);
  if ((is_narrow && result.columns < result.rows) ||
      reads_right_in_place<T>(result.rows, left.columns, result.columns)) {
    multiply_and_pack(right.transposed(), left.transposed(), result.transposed());
  } else {
    multiply_and_pack(left, right, result);
  }
}

template void multiply_packed<float>(const MatrixView<const float>&, const float*, const MatrixView<float>&);
template void multiply_packed<double>(const MatrixView<const double>&, const double*, const MatrixView<double>&);
template void multiply_packed<float>(const OffsetMatrix<float>&, const float*, const MatrixView<float>&);
template void multiply_packed<double>(const OffsetMatrix<double>&, const double*, const MatrixView<double>&);
template bool reads_right_in_place<float>(std::int64_t, std::int64_t, std::int64_t);
template bool reads_right_in_place<double>(std::int64_t, std::int64_t, std::int64_t);
template void multiply<float>(const MatrixView<const float>&, const MatrixView<const float>&, const MatrixView<float>&);
template void multiply<double>(const MatrixView<const double>&, const MatrixView<const double>&,
                               const MatrixView<double>&);

}  // namespace xgrad::ordered_gemm
