#include <xgrad/framework/core/registry.hpp>
#include <xgrad/framework/core/scan.hpp>
#include <xgrad/ops/cummax.hpp>
#include <xgrad/ops/gather.hpp>

namespace xgrad {
namespace {

/// Where along the axis the largest or smallest element so far stands.
class CumulativeExtremumIndex final : public Op {
 public:
  CumulativeExtremumIndex(bool largest, std::size_t axis) : largest_(largest), axis_(axis) {}

  std::string_view name() const override { return largest_ ? "cummax_indices" : "cummin_indices"; }
  std::optional<Attributes> attributes() const override { return Attributes{{"axis", axis_}}; }
  std::vector<TensorType> infer(std::span<const TensorType> inputs) const override {
    return {{DType::int64, inputs[0].shape}};
  }

  bool can_fail() const override { return false; }

  void forward(const KernelArguments& arguments) const override {
    visit(arguments.inputs[0].dtype, [&]<class T>() {
      if (largest_) {
        find<T>(arguments, [](T value, T best) { return value >= best; });
      } else {
        find<T>(arguments, [](T value, T best) { return value <= best; });
      }
    });
  }

  std::optional<std::vector<int>> row_axes(std::span<const TensorType>) const override {
    return axis_ == 0 ? std::nullopt : std::optional(std::vector{0});
  }

  double cost(std::span<const Extents>) const override { return 5; }

 private:
  template <class T, class Compare>
  void find(const KernelArguments& arguments, Compare is_as_good) const {
    const IndexedAxis around(arguments.inputs[0].shape, axis_);
    const T* x = arguments.inputs[0].as<T>();
    scan(
        around, false, arguments.outputs[0].as<std::int64_t>(), [](auto) { return std::int64_t{0}; },
        [=](auto i, std::int64_t before, auto k) {
          const T best = x[i - (k - before) * around.inner];
          const bool replaces = is_as_good(x[i], best) | (x[i] != x[i]);
          return replaces ? k : before;
        });
  }

  bool largest_;
  std::size_t axis_;
};

Tensor cumulative_extremum(bool largest, const Tensor& x, std::int64_t axis) {
  const auto position = normalize_axis(largest ? "cummax" : "cummin", axis, x.rank());
  return gather(x, axis, apply(std::make_shared<const CumulativeExtremumIndex>(largest, position), {x}));
}

}  // namespace

Tensor cummax(const Tensor& x, std::int64_t axis) { return cumulative_extremum(true, x, axis); }
Tensor cummin(const Tensor& x, std::int64_t axis) { return cumulative_extremum(false, x, axis); }

static const Register registered_cummax{{
    .name = "cummax",
    .family = OperatorFamily::reduction,
    .signature = "cummax(x, axis)",
    .summary = "Largest elements so far along an axis.",
    .formula = "y[t] = max(x[0], ..., x[t])",
    .gradient = "the sum of c over the t whose element it is; of equal elements the last has it",
    .shapes = "x of one axis or more: the shape of x",
}};
static const Register registered_cummin{{
    .name = "cummin",
    .family = OperatorFamily::reduction,
    .signature = "cummin(x, axis)",
    .summary = "Smallest elements so far along an axis.",
    .formula = "y[t] = min(x[0], ..., x[t])",
    .gradient = "the sum of c over the t whose element it is; of equal elements the last has it",
    .shapes = "x of one axis or more: the shape of x",
}};

}  // namespace xgrad
