// The basic block of a residual network, forward and backward: two convolutions, each normalized over the batch, and
// what came in added before the last relu. Plain gradient descent makes the gradients show in the next loss.

#include <xgrad/xgrad.hpp>

#include <fmt/format.h>

#include "residual_block.hpp"
#include "suite.hpp"
#include "torch_trainers.hpp"
#include "training_workload.hpp"
#include <cmath>
#include <memory>

namespace xgrad::benchmark {

namespace {

class ResidualBlock final : public Trainer {
 public:
  explicit ResidualBlock(std::shared_ptr<const ResidualBlockData> data)
      : data_(std::move(data)), step_(make_step(*data_)) {}

  double step() override {
    const ArrayRef inputs[] = {data_->x};
    step_.run(inputs, outputs_);
    const auto slopes = outputs_[1].data<float>();
    return outputs_[0].data<float>()[0] + data_->mean_square(slopes.first(static_cast<std::size_t>(data_->channels())));
  }

 private:
  static Function make_step(const ResidualBlockData& data) {
    auto dims = Shape(data.x.shape()).dims();
    dims[0] = batch;
    const auto x = input(Shape(dims), "x");
    std::vector<Tensor> weights;
    for (const auto& weight : data.weights) weights.push_back(parameter(weight));

    const auto normalized = [&](const Tensor& x, std::size_t first) {
      return batch_norm(conv2d(x, weights[first], {.padding = "same"}), weights[first + 1], weights[first + 2], -1);
    };
    const auto loss = mean(square(relu(normalized(relu(normalized(x, 0)), 3) + x)));

    auto sources = weights;
    sources.push_back(x);
    const auto slopes = gradients(loss, sources);
    Updates updates;
    for (std::size_t index = 0; index < weights.size(); ++index) {
      updates.push_back({weights[index], weights[index] - data.learning_rate * slopes[index]});
    }
    return compile({x}, {loss, slopes.back()}, updates);
  }

  std::shared_ptr<const ResidualBlockData> data_;
  Function step_;
  std::vector<Array> outputs_{Array(), Array()};
};

std::shared_ptr<const ResidualBlockData> make_data(std::int64_t batch_size, std::int64_t size, std::int64_t channels) {
  ResidualBlockData data{.x = uniform_weights({batch_size, size, size, channels}, 1, 0), .weights = {}};
  for (std::uint64_t layer = 1; layer <= 2; ++layer) {
    const double bound = std::sqrt(1 / (3 * static_cast<double>(channels)));
    data.weights.push_back(uniform_weights({3, 3, channels, channels}, bound, layer));
    data.weights.push_back(xt::xarray<float>(xt::ones<float>({channels})));
    data.weights.push_back(Array::zeros(DType::float32, {channels}));
  }
  return std::make_shared<const ResidualBlockData>(std::move(data));
}

}  // namespace

Workload residual_block_workload(const SuiteOptions& options) {
  const int channels = options.quick ? 4 : 64;
  const int size = options.quick ? 6 : 32;
  const int batch_size = options.quick ? 2 : 32;
  const auto name = fmt::format("residual block, {} channels, {} x {}, {}", channels, size, size, batch_size);
  return training_workload(name, options.quick ? 2 : 5, [=] {
    const auto data = make_data(batch_size, size, channels);
    const auto convolution = layer_products(batch_size * size * size, 9 * channels, channels);
    std::vector<Product> products = convolution;
    products.insert(products.end(), convolution.begin(), convolution.end());
    return TrainingModel{
        .xgrad = [=] { return std::make_unique<ResidualBlock>(data); },
        .torch = torch_residual_block(data),
        .products = products,
    };
  });
}

}  // namespace xgrad::benchmark
