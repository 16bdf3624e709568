#include <xgrad/framework/backends/gemm.hpp>
#include <xgrad/framework/backends/gemm_backend.hpp>
#include <xgrad/framework/backends/ordered_gemm.hpp>
#include <xgrad/framework/core/visit_floating.hpp>
#include <xgrad/ops/matmul/packed_matmul.hpp>

#include <tuple>

namespace xgrad {
namespace {

// From here on packing an operand once for all blocks saves more than the join of threads that it takes.
constexpr std::int64_t fewest_packed_elements = 1 << 15;
constexpr std::int64_t fewest_rows = 96;
constexpr std::int64_t fewest_multiplications = 1 << 23;

/// The same answer in the step that packs and in those that read: `right` is read as its transpose if `transpose`.
bool is_packed(std::int64_t rows, const ArrayView& right, bool transpose) {
  if (rows < fewest_rows || rows * element_count(right.shape) < fewest_multiplications) return false;
  bool reads_in_place = false;
  visit_floating(right.dtype, [&]<class T>() {
    reads_in_place = ordered_gemm::reads_right_in_place<T>(rows, right.shape[transpose], right.shape[!transpose]);
  });
  return !reads_in_place;
}

template <class T>
MatrixView<const T> matrix_of(const ArrayView& view, bool transpose) {
  const MatrixView<const T> matrix{view.as<T>(), view.shape[0], view.shape[1], view.row_stride};
  return transpose ? matrix.transposed() : matrix;
}

std::int64_t panel_columns(DType dtype) {
  std::int64_t columns = 0;
  visit_floating(dtype, [&]<class T>() { columns = ordered_gemm::panel_columns<T>(); });
  return columns;
}

/// (panels, elements of a panel) of a matrix that stands on the right of products.
class PackRightOperand final : public Op {
 public:
  explicit PackRightOperand(bool transpose) : transpose_(transpose) {}

  std::string_view name() const override { return "pack_right_operand"; }
  std::optional<Attributes> attributes() const override { return Attributes{{"transpose", transpose_}}; }

  std::vector<TensorType> infer(std::span<const TensorType> inputs) const override {
    const auto& [dtype, shape] = inputs[0];
    const auto width = panel_columns(dtype);
    const auto panels = (shape[transpose_ ? 0 : 1].value() + width - 1) / width;
    return {{dtype, {panels, shape[transpose_ ? 1 : 0] * width}}};
  }

  bool can_fail() const override { return false; }

  void forward(const KernelArguments& arguments) const override {
    const auto& matrix = arguments.inputs[0];
    if (!is_packed(*arguments.inputs[1].as<std::int64_t>(), matrix, transpose_)) return;
    const auto& panels = arguments.outputs[0];
    visit_floating(matrix.dtype, [&]<class T>() {
      ordered_gemm::pack_panels(matrix_of<T>(matrix, transpose_), arguments.first_row,
                                arguments.first_row + panels.shape[0], panels.as<T>());
    });
  }

  std::optional<std::vector<int>> row_axes(std::span<const TensorType>) const override {
    return std::vector{whole, whole};
  }
  bool packs_input() const override { return true; }
  double cost(std::span<const Extents>) const override { return 2.5; }

 private:
  bool transpose_;
};

/// Inputs: left, right, right as PackRightOperand leaves it, and the rows that it was told.
class PackedMatmul final : public Op {
 public:
  explicit PackedMatmul(const MatrixProduct& product) : product_(product) {}

  std::string_view name() const override { return "dot_packed"; }
  std::optional<Attributes> attributes() const override {
    return Attributes{{"transpose_left", product_.transpose_left}, {"transpose_right", product_.transpose_right}};
  }

  std::vector<TensorType> infer(std::span<const TensorType> inputs) const override {
    return {{inputs[0].dtype,
             {inputs[0].shape[product_.transpose_left ? 1 : 0], inputs[1].shape[product_.transpose_right ? 0 : 1]}}};
  }

  bool can_fail() const override { return false; }

  void forward(const KernelArguments& arguments) const override {
    const auto& [left, right, packed, rows] =
        std::tie(arguments.inputs[0], arguments.inputs[1], arguments.inputs[2], arguments.inputs[3]);
    const auto& result = arguments.outputs[0];
    visit_floating(result.dtype, [&]<class T>() {
      const MatrixView<T> product{result.as<T>(), result.shape[0], result.shape[1], result.row_stride};
      const auto left_matrix = matrix_of<T>(left, product_.transpose_left);
      if (is_packed(*rows.template as<std::int64_t>(), right, product_.transpose_right)) {
        ordered_gemm::multiply_packed(left_matrix, packed.template as<T>(), product);
      } else {
        gemm(left_matrix, matrix_of<T>(right, product_.transpose_right), product);
      }
    });
  }

  std::optional<std::vector<int>> row_axes(std::span<const TensorType>) const override {
    return std::vector{product_.transpose_left ? 1 : 0, whole, whole, whole};
  }

  // Whole tiles of registers, two where they are low.
  std::int64_t least_block_rows() const override {
    const auto rows = ordered_gemm::tile_rows<float>();
    return rows < 12 ? 2 * rows : rows;
  }

  double cost(std::span<const Extents> inputs) const override { return 0.2 * operations(inputs); }
  double operations(std::span<const Extents> inputs) const override {
    return 2 * static_cast<double>(inputs[0][product_.transpose_left ? 0 : 1]);
  }

 private:
  MatrixProduct product_;
};

}  // namespace

std::optional<PackableInput> packable_right_operand(const MatrixProduct& product, const Tensor& left,
                                                    const Tensor& right) {
  const Dim rows = left.shape()[product.transpose_left ? 1 : 0];
  const Dim inner = right.shape()[product.transpose_right ? 1 : 0];
  const Dim columns = right.shape()[product.transpose_right ? 0 : 1];
  if (!gemm_is_ordered() || !columns.is_known()) return std::nullopt;
  // Of a gradient of weights, whose inner size is that of the batch, what counts is how often it is read.
  const Dim& height = inner.is_known() ? inner : rows;
  if (!height.is_known() || height.value() * columns.value() < fewest_packed_elements) return std::nullopt;
  return PackableInput{1, std::make_shared<const PackRightOperand>(product.transpose_right), rows};
}

Tensor multiply_packed(const MatrixProduct& product, const Tensor& left, const Tensor& right, const Tensor& packed,
                       const Tensor& rows) {
  return apply(std::make_shared<const PackedMatmul>(product), {left, right, packed, rows});
}

}  // namespace xgrad
