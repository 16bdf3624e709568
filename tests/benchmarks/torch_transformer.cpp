#include "torch_trainers.hpp"
#include "torch_weights.hpp"
#include <cmath>
#include <limits>

namespace xgrad::benchmark {

namespace {

namespace nn = torch::nn;
using torch::nn::functional::cross_entropy;

nn::Linear linear(std::int64_t inputs, std::int64_t outputs) {
  return nn::Linear(nn::LinearOptions(inputs, outputs).bias(false));
}

class Layer final : public nn::Module {
 public:
  Layer(std::int64_t steps, const TransformerSizes& sizes)
      : width_(sizes.width),
        heads_(sizes.heads),
        before_attention_(register_parameter("before_attention", torch::ones(width_))),
        before_network_(register_parameter("before_network", torch::ones(width_))),
        to_heads_(register_module("to_heads", linear(width_, 3 * width_))),
        from_heads_(register_module("from_heads", linear(width_, width_))),
        up_(register_module("up", linear(width_, 4 * width_))),
        down_(register_module("down", linear(4 * width_, width_))),
        hidden_(torch::ones({steps, steps}, torch::kBool).tril().logical_not()) {}

  torch::Tensor forward(const torch::Tensor& x) {
    const auto mixed = x + attention(torch::layer_norm(x, {width_}, before_attention_));
    return mixed + down_(torch::gelu(up_(torch::layer_norm(mixed, {width_}, before_network_))));
  }

  std::vector<torch::Tensor> weights() const {
    return {before_attention_, linear_kernel(to_heads_->weight), linear_kernel(from_heads_->weight),
            before_network_,   linear_kernel(up_->weight),       linear_kernel(down_->weight)};
  }

 private:
  torch::Tensor attention(const torch::Tensor& x) {
    std::vector<torch::Tensor> parts;
    for (const auto& part : to_heads_(x).split(width_, 2)) {
      parts.push_back(part.view({x.size(0), x.size(1), heads_, width_ / heads_}).transpose(1, 2));
    }
    const double scale = 1 / std::sqrt(static_cast<double>(width_ / heads_));
    const auto scores = (parts[0].matmul(parts[1].transpose(2, 3)) * scale)
                            .masked_fill(hidden_, -std::numeric_limits<float>::infinity());
    return from_heads_(scores.softmax(3).matmul(parts[2]).transpose(1, 2).contiguous().view(x.sizes()));
  }

  std::int64_t width_, heads_;
  torch::Tensor before_attention_, before_network_;
  nn::Linear to_heads_, from_heads_, up_, down_;
  torch::Tensor hidden_;
};

class Model final : public nn::Module {
 public:
  Model(const TextData& data, const TransformerSizes& sizes)
      : characters_(register_parameter("characters", torch::empty({data.characters, sizes.width}))),
        positions_(register_parameter("positions", torch::empty({data.steps, sizes.width}))),
        scale_(register_parameter("scale", torch::ones(sizes.width))) {
    for (std::int64_t index = 0; index < sizes.layers; ++index) {
      layers_.push_back(register_module("layer" + std::to_string(index), std::make_shared<Layer>(data.steps, sizes)));
    }
    std::vector<torch::Tensor> targets{characters_, positions_};
    for (const auto& layer : layers_) {
      for (const auto& weight : layer->weights()) targets.push_back(weight);
    }
    targets.push_back(scale_);
    set_weights(*this, targets, data.weights);
  }

  torch::Tensor forward(const torch::Tensor& text) {
    auto x = torch::embedding(characters_, text) + positions_;
    for (const auto& layer : layers_) x = layer->forward(x);
    return torch::linear(torch::layer_norm(x, {x.size(2)}, scale_), characters_);
  }

 private:
  torch::Tensor characters_, positions_, scale_;
  std::vector<std::shared_ptr<Layer>> layers_;
};

class Transformer final : public Trainer {
 public:
  Transformer(std::shared_ptr<const TextData> data, const TransformerSizes& sizes)
      : data_(std::move(data)),
        model_(*data_, sizes),
        inputs_(as_torch<std::int64_t>(data_->inputs)),
        targets_(as_torch<std::int64_t>(data_->targets)),
        optimizer_(groups(model_, sizes), torch::optim::AdamWOptions()) {}

  double step() override {
    const auto batch = next_++ % data_->batches();
    const auto logits = model_.forward(inputs_[batch]);
    const auto loss = cross_entropy(logits.flatten(0, 1), targets_[batch].flatten());
    optimizer_.zero_grad();
    loss.backward();
    optimizer_.step();
    return loss.item<double>();
  }

 private:
  static std::vector<torch::optim::OptimizerParamGroup> groups(const Model& model, const TransformerSizes& sizes) {
    std::vector<torch::Tensor> matrices, vectors;
    for (const auto& weight : model.parameters()) (weight.dim() < 2 ? vectors : matrices).push_back(weight);
    const auto group = [&](std::vector<torch::Tensor> weights, double decay) {
      auto options = std::make_unique<torch::optim::AdamWOptions>(sizes.learning_rate);
      options->betas({0.9, sizes.beta_2}).eps(1e-7).weight_decay(decay);
      return torch::optim::OptimizerParamGroup(std::move(weights), std::move(options));
    };
    return {group(matrices, sizes.weight_decay), group(vectors, 0)};
  }

  std::shared_ptr<const TextData> data_;
  Model model_;
  torch::Tensor inputs_, targets_;
  torch::optim::AdamW optimizer_;
  std::int64_t next_ = 0;
};

}  // namespace

std::vector<MakeTrainer> torch_transformer(std::shared_ptr<const TextData> data, const TransformerSizes& sizes) {
  return {[=] { return std::make_unique<Transformer>(data, sizes); }};
}

}  // namespace xgrad::benchmark
