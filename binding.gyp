# Not the build: CMakeLists.txt is. prebuildify can start nothing but node-gyp, so this hands over to cmake-js.
{
  "targets": [{
    "target_name": "xgboost_gpu",
    "type": "none",
    "actions": [{
      "action_name": "cmake",
      "inputs": ["CMakeLists.txt"],
      "outputs": ["<(PRODUCT_DIR)/xgboost_gpu.node"],
      "action": ["node", "scripts/build-native.mjs"]
    }]
  }]
}
