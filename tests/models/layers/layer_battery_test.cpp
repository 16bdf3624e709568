#include <xgrad/framework/autodiff/check_gradients.hpp>
#include <xgrad/framework/core/registry.hpp>
#include <xgrad/models/layers/activation.hpp>
#include <xgrad/models/layers/dense.hpp>
#include <xgrad/models/layers/dropout.hpp>
#include <xgrad/models/layers/flatten.hpp>
#include <xgrad/models/layers/layer.hpp>
#include <xgrad/models/layers/rescaling.hpp>
#include <xgrad/ops/softmax.hpp>
#include <xgrad/ops/tanh.hpp>

#include <boost/test/unit_test.hpp>

#include "../elements.hpp"
#include <string>
#include <vector>

using namespace xgrad;
using test::elements;

namespace {

/// One use of a layer, and what every such use must give.
struct Case {
  std::string label;
  Layer layer;
  Shape sample;    ///< shape of one sample that goes in
  Shape expected;  ///< and of one that comes out
  std::vector<Shape> weights;
};

std::vector<Case> cases() {
  return {
      {"dense", Dense{.units = 4}, {3}, {4}, {{3, 4}, {4}}},
      {"dense of rank 3", Dense{.units = 2, .activation = tanh}, {5, 3}, {5, 2}, {{3, 2}, {2}}},
      {"dense of rank 4", Dense{.units = 2}, {2, 2, 3}, {2, 2, 2}, {{3, 2}, {2}}},
      {"dense without bias", Dense{.units = 4, .activation = "sigmoid", .use_bias = false}, {3}, {4}, {{3, 4}}},
      {"dense, own start",
       Dense{.units = 1, .kernel_initializer = 0.5, .bias_initializer = "ones"},
       {3},
       {1},
       {{3, 1}, {1}}},
      {"activation", Activation{softmax}, {6}, {6}, {}},
      {"activation by name", Activation{"softplus"}, {2, 3}, {2, 3}, {}},
      {"flatten", Flatten{}, {4, 3}, {12}, {}},
      {"flatten of rank 4", Flatten{}, {2, 3, 2}, {12}, {}},
      {"flatten of rank 2", Flatten{}, {5}, {5}, {}},
      {"rescaling", Rescaling{.scale = 0.5, .offset = -1}, {2, 3}, {2, 3}, {}},
      {"rescaling without offset", Rescaling{.scale = 1.0 / 255}, {6}, {6}, {}},
      {"dropout", Dropout{.rate = 0.5}, {6}, {6}, {}},
      {"dropout of nothing", Dropout{.rate = 0}, {2, 2}, {2, 2}, {}},
  };
}

Shape with_first(Dim first, const Shape& sample) {
  std::vector<Dim> dims{first};
  dims.insert(dims.end(), sample.begin(), sample.end());
  return Shape(dims);
}

/// A layer with its weights, as a model holds it.
struct Built {
  explicit Built(const Layer& layer, DType dtype = DType::float32)
      : layer(layer), dtype(dtype), state{.name = "layer_1"} {}

  Tensor call(const Tensor& x, bool training = false) {
    LayerContext context(state, {.training = training, .dtype = dtype});
    return layer.call(x, context);
  }

  Layer layer;
  DType dtype;
  LayerState state;
};

}  // namespace

BOOST_AUTO_TEST_SUITE(layer_battery)

BOOST_AUTO_TEST_CASE(shapes_and_dtypes) {
  for (const auto& [label, layer, sample, expected, weights] : cases()) {
    BOOST_TEST_CONTEXT(label) {
      for (const bool training : {false, true}) {
        Built built(layer);
        const auto y = built.call(input(with_first(batch, sample)), training);
        BOOST_TEST(y.shape().to_string() == with_first(batch, expected).to_string());
        BOOST_TEST((y.dtype() == DType::float32));
        BOOST_REQUIRE(built.state.weights.size() == weights.size());
        for (std::size_t index = 0; index < weights.size(); ++index) {
          BOOST_TEST(built.state.weights[index].tensor.shape().to_string() == weights[index].to_string());
        }
      }
    }
  }
}

BOOST_AUTO_TEST_CASE(all_graphs_share_the_weights) {
  for (const auto& [label, layer, sample, expected, weights] : cases()) {
    BOOST_TEST_CONTEXT(label) {
      Built built(layer);
      const auto x = input(with_first(batch, sample));
      built.call(x, false);
      const auto before = built.state.weights;
      built.call(x, true);
      built.call(input(with_first(3, sample)), false);
      BOOST_REQUIRE(built.state.weights.size() == before.size());
      for (std::size_t index = 0; index < before.size(); ++index) {
        BOOST_TEST((built.state.weights[index].tensor == before[index].tensor));
        BOOST_TEST(before[index].tensor.name() == "layer_1/" + before[index].name);
      }
    }
  }
}

BOOST_AUTO_TEST_CASE(a_sample_does_not_depend_on_its_batch) {
  for (const auto& [label, layer, sample, expected, weights] : cases()) {
    BOOST_TEST_CONTEXT(label) {
      Built built(layer);
      const auto x = input(with_first(batch, sample));
      auto function = compile({x}, {built.call(x)});
      const auto all = sample_values(with_first(7, sample).extents()).cast(DType::float32);
      const auto together = elements(function(all).front());
      const auto width = elements(all).size() / 7;
      const auto result_width = together.size() / 7;
      for (std::size_t row = 0; row < 7; ++row) {
        Array one(DType::float32, with_first(1, sample).extents());
        std::copy_n(all.data<float>().data() + row * width, width, one.data<float>().data());
        const auto alone = elements(function(one).front());
        for (std::size_t column = 0; column < result_width; ++column) {
          BOOST_CHECK_CLOSE_FRACTION(alone[column], together[row * result_width + column], 1e-5);
        }
      }
    }
  }
}

BOOST_AUTO_TEST_CASE(gradients_agree_with_differences_in_inputs_and_weights) {
  for (const auto& [label, layer, sample, expected, weights] : cases()) {
    BOOST_TEST_CONTEXT(label) {
      Built built(layer, DType::float64);
      built.call(input(with_first(2, sample), "x", DType::float64));
      std::vector<Array> values{sample_values(with_first(2, sample).extents(), -1, 1)};
      for (const auto& weight : built.state.weights) {
        values.push_back(sample_values(weight.tensor.shape().extents(), -1, 1, static_cast<int>(values.size())));
      }
      // The layer's weights, replaced by what is varied.
      const auto function = [&](std::span<const Tensor> x) {
        auto state = built.state;
        for (std::size_t index = 0; index < state.weights.size(); ++index) state.weights[index].tensor = x[index + 1];
        LayerContext context(state, {.dtype = DType::float64});
        return built.layer.call(x[0], context);
      };
      BOOST_TEST(check_gradients(function, values).derivatives > 0);
    }
  }
}

BOOST_AUTO_TEST_SUITE_END()
