// Mistakes that must not compile, each with the sentence that the compiler must say: see check_mistakes.sh. A mistake
// begins with the line "// mistake: SENTENCE" and ends where the next one begins.
#include <xgrad/framework/core/array.hpp>
#include <xgrad/framework/core/elementwise.hpp>
#include <xgrad/framework/runtime/function.hpp>
#include <xgrad/models/training/sequential.hpp>

namespace xg = xgrad;

xg::Array make();

struct Named {
  static constexpr std::string_view kind = "Named";
};
using Tensors = std::span<const xg::Tensor>;

// mistake: this span would outlive its elements
std::span<const float> span_of_temporary() { return make().data<float>(); }

// mistake: this span would outlive its elements
std::span<const std::byte> bytes_of_temporary() { return make().bytes(); }

// mistake: this span would outlive its elements
std::span<const double> span_of_result(xg::Function& f) { return f(1.0)[0].data<double>(); }

// mistake: this pointer would outlive its elements
const std::int32_t* pointer_into_temporary() { return make().data<std::int32_t>().data(); }

// mistake: the formula names a part of itself
const auto named_part = xg::elementwise<1, xg::DTypes<float>>("named_part", [](const auto& x) {
  const auto y = x * x;
  return y + y;
});

// mistake: the formula names a number
const auto named_number = xg::elementwise<1, xg::DTypes<float>>("named_number", [](const auto& x) {
  const float k = 2;
  return x * k;
});

// mistake: must be a generic lambda of N arguments
const auto too_few = xg::elementwise<2, xg::FloatingTypes>("too_few", [](const auto& x) { return x * x; });

// mistake: must be a generic lambda of N arguments
const auto too_many =
    xg::elementwise<1, xg::FloatingTypes>("too_many", [](const auto& x, const auto& y) { return x * y; });

// mistake: must be a generic lambda of N arguments
const auto of_numbers = xg::elementwise<1, xg::FloatingTypes>("of_numbers", [](double x) { return x * x; });

// mistake: must be a function of N numbers
const auto loop_of_two =
    xg::elementwise_loop<1, xg::FloatingTypes>("loop_of_two", [](auto x, auto y) { return x * y; });

// mistake: must return an xtensor expression of its arguments
const auto a_number = xg::elementwise<1, xg::FloatingTypes>("a_number", [](const auto&) { return 1.0; });

// mistake: write xt::exp(x), xt::pow(x, y), ... instead of std::exp(x)
const auto standard_function =
    xg::elementwise<1, xg::DTypes<float>>("standard_function", [](const auto& x) { return std::exp(x * x) + x; });

// mistake: write xt::exp(x), xt::pow(x, y), ... instead of std::exp(x)
const auto standard_power =
    xg::elementwise<1, xg::DTypes<double>>("standard_power", [](const auto& x) { return std::pow(-x, 2.0); });

// mistake: write xt::cast<std::int64_t>(x)
const xg::Array of_sizes = xt::xarray<std::size_t>{1, 2};

// mistake: float, double, std::int32_t, std::int64_t, std::uint8_t or bool
const xg::Array of_unsigned(xt::xtensor<unsigned, 1>{1, 2});

// mistake: write xt::cast<std::int64_t>(x)
xg::ArrayRef of_short_integers(const xt::xarray<std::uint16_t>& x) { return x; }

// mistake: write xt::cast<std::int64_t>(x)
xg::Outputs call_with_characters(xg::Function& f, const xt::xarray<char>& x) { return f(x); }

// mistake: write xt::cast<std::int64_t>(x)
const xg::Tensor constant_sum = xg::constant(xt::xarray<std::size_t>{1, 2} + std::size_t{1});

// mistake: write xt::cast<std::int64_t>(x)
const xt::xtensor<std::size_t, 2> sizes_of_array = make();

// mistake: write xt::adapt(values, {rows, columns})
xg::Outputs call_with_vector(xg::Function& f, const std::vector<float>& x) { return f(x); }

// mistake: write xt::adapt(values, {rows, columns})
const xg::Array of_extents = xg::Extents{1, 2};

// mistake: a layer must have a public `static constexpr std::string_view kind
struct WithoutKind {
  xg::Tensor call(const xg::Tensor& x, xg::LayerContext&) const { return x; }
};
const xg::Sequential model_without_kind{WithoutKind{}};

// mistake: a layer must have a public function `xgrad::Tensor call(
struct WithoutCall : Named {
  xg::Tensor forward(const xg::Tensor& x) const { return x; }
};
const xg::Sequential model_without_call{WithoutCall{}};

// mistake: a layer must have a public function `xgrad::Tensor call(
class PrivateCall : public Named {
  xg::Tensor call(const xg::Tensor& x, xg::LayerContext&) const { return x; }
};
void add_private_call(xg::Sequential& model) { model.add(PrivateCall{}); }

// mistake: a layer's `call` must be const
struct ChangingCall : Named {
  int calls = 0;
  xg::Tensor call(const xg::Tensor& x, xg::LayerContext&) { return ++calls, x; }
};
void add_changing_call(xg::Sequential& model) { model.add(ChangingCall{}); }

// mistake: a layer's `call` must return an xgrad::Tensor
struct CallOfNothing : Named {
  void call(const xg::Tensor&, xg::LayerContext&) const {}
};
const xg::Sequential model_of_nothing{CallOfNothing{}};

// mistake: a layer must be a value that can be copied
struct Unique : Named {
  std::unique_ptr<int> option;
  xg::Tensor call(const xg::Tensor& x, xg::LayerContext&) const { return x; }
};
void add_unique(xg::Sequential& model) { model.add(Unique{}); }

// mistake: a layer's option `input_shape` must be a shape
struct NumberedShape : Named {
  int input_shape = 784;
  xg::Tensor call(const xg::Tensor& x, xg::LayerContext&) const { return x; }
};
const xg::Sequential model_with_numbered_shape{NumberedShape{}};

// mistake: a loss or metric must be a function of two tensors
const xg::Loss of_one_tensor = [](const xg::Tensor& prediction) { return prediction; };

// mistake: a loss or metric must return an xgrad::Tensor
const xg::CompileOptions loss_of_a_number{.optimizer = "adam",
                                          .loss = [](const xg::Tensor&, const xg::Tensor&) { return 0.5f; }};

// mistake: a loss or metric must be callable as a constant
const xg::Loss changing_loss = [n = 0](const xg::Tensor& y, const xg::Tensor&) mutable { return ++n, y; };

// mistake: a loss or metric must be a function of two tensors
const xg::CompileOptions metric_of_numbers{
    .optimizer = "adam", .loss = "mse", .metrics = {"mae", [](float y, float p) { return y - p; }}};

// mistake: an optimizer must have a public function `xgrad::Updates updates(
struct Step {
  double learning_rate = 0.1;
  xg::Updates step(Tensors, Tensors) const { return {}; }
};
const xg::CompileOptions optimizer_without_updates{.optimizer = Step{}, .loss = "mse"};

// mistake: an optimizer's `updates` must be const
struct Counting {
  int steps = 0;
  xg::Updates updates(Tensors, Tensors) { return ++steps, xg::Updates{}; }
};
const xg::Optimizer counting = Counting{};

// mistake: an optimizer's `updates` must return xgrad::Updates
struct OfTensors {
  std::vector<xg::Tensor> updates(Tensors parameters, Tensors) const { return {parameters.begin(), parameters.end()}; }
};
const xg::Optimizer of_tensors = OfTensors{};
