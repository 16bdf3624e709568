#include <xgrad/framework/autodiff/broadcast.hpp>
#include <xgrad/framework/core/indexed_axis.hpp>
#include <xgrad/framework/core/registry.hpp>
#include <xgrad/framework/core/visit_integer.hpp>
#include <xgrad/framework/core/visit_size.hpp>
#include <xgrad/ops/index_add.hpp>
#include <xgrad/ops/take.hpp>

#include <fmt/format.h>

#include <algorithm>

namespace xgrad {
namespace {

/// take, and embedding, for which negative indices are wrong.
class Take final : public Op {
 public:
  Take(std::size_t axis, bool takes_negative) : axis_(axis), takes_negative_(takes_negative) {}

  std::string_view name() const override { return takes_negative_ ? "take" : "embedding"; }
  std::optional<Attributes> attributes() const override { return Attributes{{"axis", axis_}}; }

  std::vector<TensorType> infer(std::span<const TensorType> inputs) const override {
    return {{inputs[0].dtype, indexed_shape(name(), inputs[0].shape, inputs[1], axis_)}};
  }

  bool can_fail() const override { return !takes_negative_; }

  void forward(const KernelArguments& arguments) const override {
    const auto& indices = arguments.inputs[1];
    visit_size(arguments.inputs[0].dtype, [&]<class T>() {
      visit_integer(indices.dtype, [&]<class Index>() {
        gather(arguments.inputs[0], indices.as<Index>(), element_count(indices.shape), arguments.outputs[0].as<T>());
      });
    });
  }

  std::optional<Tensor> vjp(const Vjp& at, std::size_t) const override {
    return index_add(zeros_like(at.input(0)), at.input(1), at.cotangent(), static_cast<std::int64_t>(axis_));
  }

  double operations(std::span<const Extents>) const override { return 0; }

  // Rows are prefetched eight ahead: a block of few rows would wait for its first ones.
  std::int64_t least_block_rows() const override { return 64; }

  // Rows come from the indices or, when a later axis is indexed, from x.
  std::optional<std::vector<int>> row_axes(std::span<const TensorType> inputs) const override {
    if (axis_ > 0) return std::vector{0, whole};
    if (inputs[1].shape.rank() == 0) return std::nullopt;
    return std::vector{whole, 0};
  }

 private:
  template <class T, class Index>
  void gather(const ArrayView& x, const Index* indices, std::int64_t count, T* output) const {
    const IndexedAxis around(x.shape, axis_);
    const auto* source = x.as<T>();
    const auto bytes = around.inner * static_cast<std::int64_t>(sizeof(T));
    for (std::int64_t outer = 0; outer < around.outer; ++outer, source += around.size * around.inner) {
      const auto piece = [&](std::int64_t i) {
        return source + position(static_cast<std::int64_t>(indices[i]), around.size) * around.inner;
      };
      if (around.inner == 1 && around.size * bytes <= cached_bytes) {
        // All of it stays in cache, and single elements are quicker to copy than to look ahead for.
        for (std::int64_t i = 0; i < count; ++i) *output++ = *piece(i);
        continue;
      }
      const auto ahead = std::clamp(bytes_ahead / std::max<std::int64_t>(bytes, 1), fewest_ahead, most_ahead);
      for (std::int64_t i = 0; i < std::min(ahead, count); ++i) announce(piece(i), bytes);
      for (std::int64_t i = 0; i < count; ++i, output += around.inner) {
        if (i + ahead < count) announce(piece(i + ahead), bytes);
        std::copy_n(piece(i), around.inner, output);
      }
    }
  }

  std::int64_t position(std::int64_t index, std::int64_t size) const {
    if (index >= 0 && index < size) return index;
    if (takes_negative_) return checked_index("take", index, size);
    throw ValueError(fmt::format("embedding: index {} is out of range for a table of {} rows; expected 0 to {}", index,
                                 size, size - 1));
  }

  // Pieces lie far apart, where the processor does not look ahead by itself. Once it has the address of a page and its
  // first line, it does: asking for every line is slower, because there are few buffers for what is under way.
  static void announce(const void* piece, std::int64_t bytes) {
    const auto* first = static_cast<const char*>(piece);
    for (std::int64_t offset = 0; offset < bytes; offset += page) __builtin_prefetch(first + offset);
    __builtin_prefetch(first + bytes - 1);
  }

  static constexpr std::int64_t page = 4096;
  static constexpr std::int64_t bytes_ahead = 2048;
  static constexpr std::int64_t fewest_ahead = 8;  // pieces
  static constexpr std::int64_t most_ahead = 64;
  static constexpr std::int64_t cached_bytes = 131072;

  std::size_t axis_;
  bool takes_negative_;
};

}  // namespace

Tensor take(const Tensor& x, const Tensor& indices, std::int64_t axis) {
  return apply(std::make_shared<const Take>(normalize_axis("take", axis, x.rank()), true), {x, indices});
}

Tensor embedding(const Tensor& table, const Tensor& indices) {
  if (table.rank() != 2) {
    throw ShapeError(fmt::format("embedding: expected a table of shape (rows, features), but got {}; reshape it",
                                 table.shape().to_string()));
  }
  return apply(std::make_shared<const Take>(0, false), {table, indices});
}

static const Register registered_take{{
    .name = "take",
    .family = OperatorFamily::indexing,
    .signature = "take(x, indices, axis = 0)",
    .summary = "The elements of x at the indices along an axis; negative indices count from the end.",
    .formula = "result[a, i, b] = x[a, indices[i], b]",
    .gradient = "index_add(zeros_like(x), indices, c, axis) for x; none for the indices",
    .shapes = "x (a..., n, b...), indices (i...): (a..., i..., b...)",
}};

static const Register registered_embedding{{
    .name = "embedding",
    .family = OperatorFamily::neural,
    .signature = "embedding(table, indices)",
    .summary = "The rows of a table that integers choose; negative ones are out of range.",
    .formula = "result[i] = table[indices[i]]",
    .gradient = "for each row the sum of the c of its uses; none for the indices",
    .shapes = "table (n, k), indices (i...): (i..., k)",
}};

}  // namespace xgrad
